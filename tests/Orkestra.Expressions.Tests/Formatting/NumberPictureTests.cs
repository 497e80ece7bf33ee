using Orkestra.Expressions.Data;
using Orkestra.Expressions.Formatting;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Formatting;

public sealed class NumberPictureTests
{
    [Theory]
    [InlineData(1234567.891, "#,##0.00", "1,234,567.89")]
    [InlineData(0, "#,##0.00", "0.00")]
    [InlineData(0.5, "#.##", ".5")]
    [InlineData(-3.5, "0;(0)", "(4)")]
    [InlineData(2.5, "0", "2")]
    [InlineData(3.5, "0", "4")]
    [InlineData(0.1234, "0.0%", "12.3%")]
    [InlineData(0.1234, "#0‰", "123‰")]
    [InlineData(-12, "$0 each", "-$12 each")]
    [InlineData(123456, "0.00e0", "1.23e5")]
    [InlineData(0, "0.00e00", "0.00e00")]
    [InlineData(0.00012, "0.0e00", "1.2e-04")]
    [InlineData(1234567, "##,##,##0", "12,34,567")]
    [InlineData(12345.6789, "0.000,0", "12345.678,9")]
    [InlineData(1e21, "0", "1e+21")]
    public void Numbers_follow_the_picture(double value, string picture, string expected) => NumberPicture.Format(value, picture, null).ShouldBe(expected);

    [Theory]
    [InlineData("0;0;0", "D3080")]
    [InlineData("0.0.0", "D3081")]
    [InlineData("0%%", "D3082")]
    [InlineData("0‰‰", "D3083")]
    [InlineData("0%‰", "D3084")]
    [InlineData(".", "D3085")]
    [InlineData("0x0", "D3086")]
    [InlineData("0,.0", "D3087")]
    [InlineData("0,", "D3088")]
    [InlineData("0,,0", "D3089")]
    [InlineData("0#", "D3090")]
    [InlineData("0.#0", "D3091")]
    [InlineData("0e0%", "D3092")]
    [InlineData("0e#0", "D3093")]
    public void Wrong_pictures_are_refused(string picture, string code) =>
        Should.Throw<PictureException>(() => NumberPicture.Format(1, picture, null)).Code.ShouldBe(code);

    [Fact]
    public void Symbols_can_be_replaced()
    {
        var options = JsonObject.Create(("decimal-separator", ","), ("grouping-separator", "."), ("minus-sign", "−"));
        NumberPicture.Format(-1234.5, "#.##0,00", options).ShouldBe("−1.234,50");
        NumberPicture.Format(12, "#٠", JsonObject.Create(("zero-digit", "٠"))).ShouldBe("١٢");
    }
}
