using CsCheck;
using Orkestra.Expressions.Formatting;
using Shouldly;
using Xunit;

namespace Orkestra.Expressions.Tests.Formatting;

public sealed class DateTimePictureTests
{
    const double Moment = 1_709_210_096_789; // 2024-02-29T12:34:56.789Z, a Thursday

    [Theory]
    [InlineData(null, null, "2024-02-29T12:34:56.789Z")]
    [InlineData(null, "+0530", "2024-02-29T18:04:56.789+05:30")]
    [InlineData(null, "-0800", "2024-02-29T04:34:56.789-08:00")]
    [InlineData("[D1o] [MNn] [Y], [h]:[m] [PN]", null, "29th February 2024, 12:34 PM")]
    [InlineData("[FNn,*-3] [DWwo] [MN,3-3] [YI]", null, "Thu Twenty-Ninth FEB MMXXIV")]
    [InlineData("[Y,2-2]/[M01]/[D01] [H01][m01][s01][f001]", null, "24/02/29 123456789")]
    [InlineData("[X0001]-W[W01]-[F1]", null, "2024-W09-4")]
    [InlineData("[d001] [w] [xNn]", null, "060 5 February")]
    [InlineData("[[[Y]]] [C] [E]", null, "[2024] ISO ISO")]
    [InlineData("[Z] [z] [Z0] [Z0000] [Z01:01t]", "+0100", "+01:00 GMT+01:00 +1 +0100 +01:00")]
    public void Moments_follow_the_picture(string? picture, string? zone, string expected) => DateTimePicture.Format(Moment, picture, zone).ShouldBe(expected);

    [Theory]
    [InlineData("[Y", "D3135")]
    [InlineData("[q]", "D3132")]
    [InlineData("[]", "D3132")]
    [InlineData("[YN]", "D3133")]
    [InlineData("[Z00000]", "D3134")]
    [InlineData("[Yα]", "D3130")]
    public void Wrong_pictures_are_refused(string picture, string code) =>
        Should.Throw<PictureException>(() => DateTimePicture.Format(Moment, picture, null)).Code.ShouldBe(code);

    [Theory]
    [InlineData("2024-02-29T12:34:56.789Z", null, Moment)]
    [InlineData("2024-02-29T14:34:56.789+0200", null, Moment)]
    [InlineData("2024-02-29", null, 1_709_164_800_000)]
    [InlineData("2024-13-01", null, double.NaN)]
    [InlineData("29 February 2024", "[D1] [MNn] [Y0001]", 1_709_164_800_000d)]
    [InlineData("29th of February, 2024 at 12:34:56.789 pm", "[D1o] of [MNn], [Y] at [h]:[m]:[s].[f001] [P]", Moment)]
    [InlineData("20240229123456789", "[Y0001][M01][D01][H01][m01][s01][f001]", Moment)]
    [InlineData("2024-060", "[Y0001]-[d001]", 1_709_164_800_000)]
    [InlineData("2024-02-29 13:34:56.789 GMT+01:00", "[Y]-[M]-[D] [H]:[m]:[s].[f] [z]", Moment)]
    public void Texts_are_read_by_the_picture(string text, string? picture, double expected) => DateTimePicture.Parse(text, picture, Moment, new CountingMeter()).ShouldBe(expected);

    [Fact]
    public void What_is_left_out_on_the_left_is_the_present() => DateTimePicture.Parse("08:00", "[H]:[m]", Moment, new CountingMeter()).ShouldBe(1_709_193_600_000);

    [Fact]
    public void Texts_that_do_not_match_and_pictures_without_fields_give_nothing()
    {
        DateTimePicture.Parse("x", "[Y]", Moment, new CountingMeter()).ShouldBeNull();
        DateTimePicture.Parse("hello", "hello", Moment, new CountingMeter()).ShouldBeNull();
        Should.Throw<PictureException>(() => DateTimePicture.Parse("12 34", "[H] [s]", Moment, new CountingMeter())).Code.ShouldBe("D3136");
        Should.Throw<PictureException>(() => DateTimePicture.Parse("2024-W09", "[X]-W[W]", Moment, new CountingMeter())).Code.ShouldBe("D3136");
        Should.Throw<PictureException>(() => DateTimePicture.Parse("yesterday", null, Moment, new CountingMeter())).Code.ShouldBe("D3110");
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Sample(millis => DateTimePicture.Parse(DateTimePicture.Format(millis, null, null), null, 0, new CountingMeter()) == millis);

    [Fact]
    public void Fields_agree_with_the_calendar() => Gen.Long[-62_135_596_800_000, 253_402_300_799_999].Sample(millis =>
        DateTimePicture.Format(millis, "[Y0001]-[M01]-[D01] [H01]:[m01]:[s01] [F1]", null)
        == DateTime.UnixEpoch.AddMilliseconds(millis).ToString("yyyy-MM-dd HH:mm:ss ", System.Globalization.CultureInfo.InvariantCulture)
        + (((int)DateTime.UnixEpoch.AddMilliseconds(millis).DayOfWeek + 6) % 7 + 1));
}
