using CsCheck;
using Orkestra.Expressions.Formatting;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Formatting;

public sealed class IntegerPictureTests
{
    static readonly string[] Pictures = ["0", "#,##0", "0000", "w", "W", "Ww", "a", "A", "0;o", "w;o", "#٠"];

    [Theory]
    [InlineData(7, "000", "007")]
    [InlineData(-7, "00", "-07")]
    [InlineData(7.9, "0", "7")]
    [InlineData(21, "0;o", "21st")]
    [InlineData(111, "0;o", "111th")]
    [InlineData(1234567, "#,##0", "1,234,567")]
    [InlineData(1234567, "#:###,##0", "1:234,567")]
    [InlineData(90, "#٠", "٩٠")]
    [InlineData(3999, "I", "MMMCMXCIX")]
    [InlineData(4, "i", "iv")]
    [InlineData(703, "A", "AAA")]
    [InlineData(0, "w", "zero")]
    [InlineData(1001, "Ww", "One Thousand and One")]
    [InlineData(40, "w;o", "fortieth")]
    [InlineData(2000000, "w;o", "two millionth")]
    [InlineData(1e15, "w", "one thousand trillion")]
    public void Integers_follow_the_picture(double value, string picture, string expected) => IntegerPicture.Format(value, picture).ShouldBe(expected);

    [Theory]
    [InlineData("1,234", "#,##0", 1234)]
    [InlineData("21st", "0;o", 21)]
    [InlineData("MMXXVI", "I", 2026)]
    [InlineData("mmxxvi", "i", 2026)]
    [InlineData("AAA", "A", 703)]
    [InlineData("Two Thousand, Three Hundred and Forty-Five", "Ww", 2345)]
    [InlineData("one million and first", "w;o", 1000001)]
    [InlineData("none", "w", double.NaN)]
    [InlineData("", "0", double.NaN)]
    public void Integers_are_read_by_the_picture(string text, string picture, double expected) => IntegerPicture.Parse(text, picture).ShouldBe(expected);

    [Fact]
    public void Other_sequences_and_mixed_digits_are_refused()
    {
        Should.Throw<PictureException>(() => IntegerPicture.Format(1, "α")).Code.ShouldBe("D3130");
        Should.Throw<PictureException>(() => IntegerPicture.Parse("1", "")).Code.ShouldBe("D3130");
        Should.Throw<PictureException>(() => IntegerPicture.Format(1, "0٠")).Code.ShouldBe("D3131");
        Should.Throw<PictureException>(() => IntegerPicture.Format(1e12, "I")).Code.ShouldBe("U1001");
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Select(Gen.Int[0, 999_999], Gen.Int[0, Pictures.Length - 1]).Sample((value, at) =>
            (Pictures[at] is "a" or "A" && value == 0) || IntegerPicture.Parse(IntegerPicture.Format(value, Pictures[at]), Pictures[at]) == value);

    [Fact]
    public void Roman_numerals_are_read_back() =>
        Gen.Int[0, 20_000].Sample(value => IntegerPicture.Parse(IntegerPicture.Format(value, "I"), "I") == value);
}
