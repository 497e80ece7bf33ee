using System.Globalization;
using Orkestra.Authoring.Schedules;
using Orkestra.Extensions.Hosting.Schedules;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>When expressions fire: days of months and weeks, years, rates, time zones, and what daylight saving time does.</summary>
public sealed class FireTimesTests
{
    [Theory]
    [InlineData("cron(0 8 ? * MON-FRI *)", "2026-01-02 09:00", "2026-01-05 08:00", "2026-01-06 08:00")]
    [InlineData("cron(0 8 ? * 2-6 *)", "2026-01-02 09:00", "2026-01-05 08:00", "2026-01-06 08:00")]
    [InlineData("cron(0/20 9-10 1,15 * ? *)", "2026-01-01 10:20", "2026-01-01 10:40", "2026-01-15 09:00")]
    [InlineData("cron(30/10 0 * * ? *)", "2026-01-01 00:00", "2026-01-01 00:30", "2026-01-01 00:40", "2026-01-01 00:50", "2026-01-02 00:30")]
    [InlineData("cron(0 0 L * ? *)", "2026-01-01 00:00", "2026-01-31 00:00", "2026-02-28 00:00")]
    [InlineData("cron(0 0 L-3 * ? *)", "2026-01-01 00:00", "2026-01-28 00:00", "2026-02-25 00:00")]
    [InlineData("cron(0 0 LW * ? *)", "2026-01-01 00:00", "2026-01-30 00:00", "2026-02-27 00:00")]
    [InlineData("cron(0 0 15W * ? *)", "2026-02-01 00:00", "2026-02-16 00:00", "2026-03-16 00:00")]
    [InlineData("cron(0 0 15W,1 JAN-FEB ? *)", "2026-01-02 00:00", "2026-01-15 00:00", "2026-02-01 00:00", "2026-02-16 00:00", "2027-01-01 00:00")]
    [InlineData("cron(0 9 ? * 3#2 *)", "2026-01-01 00:00", "2026-01-13 09:00", "2026-02-10 09:00")]
    [InlineData("cron(0 9 ? * TUE#2,6L *)", "2026-01-01 00:00", "2026-01-13 09:00", "2026-01-30 09:00", "2026-02-10 09:00")]
    [InlineData("cron(0 9 ? * FRIL *)", "2026-01-01 00:00", "2026-01-30 09:00", "2026-02-27 09:00")]
    [InlineData("cron(0 9 ? * L *)", "2026-01-01 00:00", "2026-01-03 09:00", "2026-01-10 09:00")]
    [InlineData("cron(0 9 ? * 2/2 *)", "2026-01-04 00:00", "2026-01-05 09:00", "2026-01-07 09:00", "2026-01-09 09:00", "2026-01-12 09:00")]
    [InlineData("cron(0 9 ? * FRI-MON *)", "2026-01-01 00:00", "2026-01-02 09:00", "2026-01-03 09:00", "2026-01-04 09:00", "2026-01-05 09:00", "2026-01-09 09:00")]
    [InlineData("cron(0 9 1 1 ? 2027/2)", "2026-01-01 00:00", "2027-01-01 09:00", "2029-01-01 09:00")]
    [InlineData("cron(0 9 29 2 ? *)", "2026-01-01 00:00", "2028-02-29 09:00", "2032-02-29 09:00")]
    [InlineData("cron(0 9 1 1 ? 2020-2026)", "2026-01-01 10:00")]
    [InlineData("0 8 * * 1-5", "2026-01-02 09:00", "2026-01-05 08:00", "2026-01-06 08:00")]
    [InlineData("0 8 * * 5-7", "2026-01-01 09:00", "2026-01-02 08:00", "2026-01-03 08:00", "2026-01-04 08:00", "2026-01-09 08:00")]
    [InlineData("0 8 * * 0", "2026-01-01 09:00", "2026-01-04 08:00", "2026-01-11 08:00")]
    [InlineData("cron(*/30 8 1 * *)", "2026-01-01 08:00", "2026-01-01 08:30", "2026-02-01 08:00")]
    [InlineData("0 8 * * MON#1", "2026-01-01 09:00", "2026-01-05 08:00", "2026-02-02 08:00")]
    [InlineData("at(2026-03-01T12:30:15)", "2026-01-01 00:00", "2026-03-01 12:30:15")]
    [InlineData("at(2026-03-01T12:30:15)", "2026-03-01 12:30:15")]
    public void An_expression_fires_at_these_times(string expression, string after, params string[] expected)
    {
        var times = Of(expression).After(Utc(after), Utc(after)).Take(Math.Max(1, expected.Length)).ToList();
        times.ShouldBe(expected.Select(Utc));
    }

    [Fact]
    public void A_rate_counts_from_its_start_or_from_when_it_became_known()
    {
        var since = Utc("2026-01-01 10:07:30");
        Of("rate(5 minutes)").After(since, since).Take(2).ShouldBe([Utc("2026-01-01 10:12:30"), Utc("2026-01-01 10:17:30")]);
        Of("rate(5 minutes)").After(Utc("2026-01-03 00:00"), since).First().ShouldBe(Utc("2026-01-03 00:02:30"));
        Of("rate(5 minutes)").After(Utc("2026-01-01 10:12:30"), since).First().ShouldBe(Utc("2026-01-01 10:17:30"));
        var started = Of("rate(2 hours)", start: Utc("2026-01-05 01:00"), end: Utc("2026-01-05 05:00"));
        started.After(since, since).ShouldBe([Utc("2026-01-05 01:00"), Utc("2026-01-05 03:00")]);
    }

    [Fact]
    public void Start_counts_and_end_does_not()
    {
        var times = Of("cron(0 * * * ? *)", start: Utc("2026-01-01 10:00"), end: Utc("2026-01-01 12:00"));
        times.After(Utc("2026-01-01 00:00"), Utc("2026-01-01 00:00")).ShouldBe([Utc("2026-01-01 10:00"), Utc("2026-01-01 11:00")]);
        Should.Throw<FormatException>(() => Of("rate(1 hour)", start: Utc("2026-01-02 00:00"), end: Utc("2026-01-01 00:00"))).Message.ShouldBe("The schedule 'rate(1 hour)' ends before it starts.");
    }

    // Paris goes forward on 29 March 2026 from 2:00 to 3:00, and back on 25 October from 3:00 to 2:00.
    [Fact]
    public void A_local_time_that_does_not_exist_is_skipped()
    {
        var times = Of("cron(30 2 * * ? *)", "Europe/Paris").WithChanges(Utc("2026-03-27 12:00"), Utc("2026-03-27 12:00")).Take(4).ToList();
        times.ShouldBe(
        [
            new FireTime(Time("2026-03-28 02:30 +01:00"), ClockChange.None),
            new FireTime(Time("2026-03-29 02:30 +01:00"), ClockChange.Skipped),
            new FireTime(Time("2026-03-30 02:30 +02:00"), ClockChange.Forward),
            new FireTime(Time("2026-03-31 02:30 +02:00"), ClockChange.None),
        ]);
        Of("cron(30 2 * * ? *)", "Europe/Paris").After(Utc("2026-03-28 12:00"), Utc("2026-03-28 12:00")).First().ShouldBe(Time("2026-03-30 02:30 +02:00"));
    }

    [Fact]
    public void A_local_time_that_occurs_twice_fires_the_first_time()
    {
        var times = Of("cron(30 2 * * ? *)", "Europe/Paris").WithChanges(Utc("2026-10-24 12:00"), Utc("2026-10-24 12:00")).Take(3).ToList();
        times.ShouldBe(
        [
            new FireTime(Time("2026-10-25 02:30 +02:00"), ClockChange.Twice),
            new FireTime(Time("2026-10-26 02:30 +01:00"), ClockChange.Back),
            new FireTime(Time("2026-10-27 02:30 +01:00"), ClockChange.None),
        ]);
    }

    [Fact]
    public void The_repeated_hour_has_no_fire_times_of_its_own()
    {
        var times = Of("cron(0/30 * * * ? *)", "Europe/Paris");
        List<DateTimeOffset> expected = [Time("2026-10-25 02:00 +02:00"), Time("2026-10-25 02:30 +02:00"), Time("2026-10-25 03:00 +01:00"), Time("2026-10-25 03:30 +01:00")];
        times.After(Utc("2026-10-24 23:45"), Utc("2026-10-24 23:45")).Take(4).ShouldBe(expected);
        // Within the second pass.
        times.After(Time("2026-10-25 02:10 +01:00"), Utc("2026-10-24 23:45")).First().ShouldBe(expected[2]);
        times.After(Time("2026-10-25 02:40 +02:00"), Utc("2026-10-24 23:45")).First().ShouldBe(expected[2]);
    }

    [Fact]
    public void A_rate_does_not_see_the_clocks_change()
    {
        var times = Of("rate(1 day)", "Europe/Paris", start: Time("2026-03-28 08:00 +01:00")).WithChanges(Utc("2026-03-28 00:00"), Utc("2026-03-28 00:00")).Take(3).ToList();
        times.ShouldBe(
        [
            new FireTime(Time("2026-03-28 08:00 +01:00"), ClockChange.None),
            new FireTime(Time("2026-03-29 09:00 +02:00"), ClockChange.Forward),
            new FireTime(Time("2026-03-30 09:00 +02:00"), ClockChange.None),
        ]);
    }

    [Fact]
    public void A_moment_that_does_not_exist_is_refused_and_one_that_occurs_twice_is_the_first()
    {
        Should.Throw<FormatException>(() => Of("at(2026-03-29T02:30:00)", "Europe/Paris")).Message
            .ShouldBe("The schedule 'at(2026-03-29T02:30:00)' never fires: the clocks of Europe/Paris go forward then, and that time does not exist.");
        Of("at(2026-10-25T02:30:00)", "Europe/Paris").WithChanges(Utc("2026-01-01 00:00"), Utc("2026-01-01 00:00")).ShouldBe([new FireTime(Time("2026-10-25 02:30 +02:00"), ClockChange.Twice)]);
    }

    [Theory]
    [InlineData("cron(0 8 * * ? 2150)", "The schedule 'cron(0 8 * * ? 2150)' begins after the year 2099, the last one that can be scheduled here.")]
    [InlineData("cron(0 9 30 2 ? *)", "The cron expression '0 9 30 2 ? *' of Report is not valid: it never fires, because no month of '2' has the day 30.")]
    [InlineData("0 8 1 * MON", "The cron expression '0 8 1 * MON' of Report is not valid: day-of-month and day-of-week cannot both be set: write two schedules.")]
    [InlineData("0 8 * *", "The schedule '0 8 * *' of Report is not an expression: write rate(5 minutes), cron(0 8 ? * MON-FRI *) or at(2030-01-31T08:00:00).")]
    [InlineData("0 8 * * 8", "The cron expression '0 8 * * 8' of Report is not valid: '8' is not a day-of-week: write 1 to 7 or SUN to SAT, a list (,), a range (-) or steps (/).")]
    [InlineData("0 0 8 * * * *", "The schedule '0 0 8 * * * *' of Report is not an expression: write rate(5 minutes), cron(0 8 ? * MON-FRI *) or at(2030-01-31T08:00:00).")]
    [InlineData("@daily", "The schedule '@daily' of Report is not an expression: write rate(5 minutes), cron(0 8 ? * MON-FRI *) or at(2030-01-31T08:00:00).")]
    [InlineData("rate(90000 days)", "The rate '90000 days' of Report is not valid: write a whole number and minutes, hours or days, such as 'rate(5 minutes)' or 'rate(1 hour)'.")]
    public void What_cannot_be_scheduled_is_one_sentence(string expression, string message) =>
        Should.Throw<FormatException>(() => Of(expression)).Message.ShouldBe(message);

    /// <summary>Each field by itself, against a count of all minutes of a month.</summary>
    [Fact]
    public void Fire_times_are_those_minutes_that_all_fields_name()
    {
        var random = new Random(7);
        var from = Utc("2028-02-01 00:00");
        for (var turn = 0; turn < 200; turn++)
        {
            var (minute, hour) = (random.Next(60), random.Next(24));
            var (minuteStep, hourEnd) = (random.Next(1, 30), random.Next(hour, 24));
            var days = Enumerable.Range(0, random.Next(1, 5)).Select(_ => random.Next(1, 8)).Distinct().ToList();
            var expression = $"cron({minute}/{minuteStep} {hour}-{hourEnd} ? FEB,4 {string.Join(',', days)} *)";
            var expected = Enumerable.Range(0, 29 * 24 * 60).Select(passed => from.AddMinutes(passed)).Where(time =>
                time.Minute >= minute && (time.Minute - minute) % minuteStep == 0 && time.Hour >= hour && time.Hour <= hourEnd && days.Contains((int)time.DayOfWeek + 1)).ToList();
            Of(expression).After(from.AddTicks(-1), from).TakeWhile(time => time < Utc("2028-03-01 00:00")).ShouldBe(expected, expression);
        }
    }

    static FireTimes Of(string expression, string zone = "UTC", DateTimeOffset? start = null, DateTimeOffset? end = null) =>
        new(ScheduleExpression.Parse(expression, "Report", acceptsUnix: true), TimeZoneInfo.FindSystemTimeZoneById(zone), start, end);

    static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static DateTimeOffset Time(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
