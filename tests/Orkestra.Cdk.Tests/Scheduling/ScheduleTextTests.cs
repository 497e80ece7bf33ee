using Orkestra.Cdk.Scheduling;
using Shouldly;

namespace Orkestra.Cdk.Tests.Scheduling;

public class ScheduleTextTests
{
    [Theory]
    [InlineData("rate(1 minute)")]
    [InlineData("rate(5 minutes)")]
    [InlineData("rate(1 hour)")]
    [InlineData("rate(30 days)")]
    [InlineData("at(2030-01-31T08:00:00)")]
    [InlineData("cron(0 10 * * ? *)")]
    [InlineData("cron(15 12 * * ? *)")]
    [InlineData("cron(0 18 ? * MON-FRI *)")]
    [InlineData("cron(0 8 1 * ? *)")]
    [InlineData("cron(0/15 * * * ? *)")]
    [InlineData("cron(0/10 * ? * MON-FRI *)")]
    [InlineData("cron(0/5 8-17 ? * mon-fri *)")]
    [InlineData("cron(15 10 ? * 6L 2022-2023)")]
    [InlineData("cron(0 9 ? * 3#2 *)")]
    [InlineData("cron(0 0 L * ? *)")]
    [InlineData("cron(0 0 L-3 * ? *)")]
    [InlineData("cron(0 0 15W,1 JAN,JUL ? 2199)")]
    [InlineData("cron(*/5 * ? * 1,7 *)")]
    [InlineData("cron(0 10 29,30 2 ? *)")]
    [InlineData("cron(0 10 30 FEB-MAR ? *)")]
    public void What_the_service_takes_stays_as_it_is(string expression) =>
        ScheduleText.Of(new() { Expression = expression }, "Orders").ShouldBe(expression);

    [Theory]
    [InlineData("0 10 * * ?", "it has 5 fields, but six are needed: minute, hour, day-of-month, month, day-of-week and year")]
    [InlineData("60 10 * * ? *", "'60' is not a minute: write 0 to 59, a list (,), a range (-) or steps (/)")]
    [InlineData("0 24 * * ? *", "'24' is not an hour: write 0 to 23, a list (,), a range (-) or steps (/)")]
    [InlineData("0 10 0 * ? *", "'0' is not a day-of-month: write 1 to 31, a list (,), a range (-) or steps (/)")]
    [InlineData("0 10 ? 13 MON *", "'13' is not a month: write 1 to 12 or JAN to DEC, a list (,), a range (-) or steps (/)")]
    [InlineData("0 10 ? * MONDAY *", "'MONDAY' is not a day-of-week: write 1 to 7 or SUN to SAT, a list (,), a range (-) or steps (/)")]
    [InlineData("0 10 ? * 3#6 *", "'3#6' is not a day-of-week: write 1 to 7 or SUN to SAT, a list (,), a range (-) or steps (/)")]
    [InlineData("0/0 10 * * ? *", "'0/0' is not a minute: write 0 to 59, a list (,), a range (-) or steps (/)")]
    [InlineData("0 10,, * * ? *", "'' is not an hour: write 0 to 23, a list (,), a range (-) or steps (/)")]
    [InlineData("? 10 * * ? *", "the minute field cannot be '?'")]
    [InlineData("0 10 * * ? 1969", "'1969' is not a year: write 1970 to 2199, a list (,), a range (-) or steps (/)")]
    [InlineData("0 10 * * * *", "day-of-month and day-of-week cannot both be set: make one of them '?'. The fields are minute, hour, day-of-month, month, day-of-week and year, without seconds")]
    [InlineData("0 10 30 2 ? *", "it never fires, because no month of '2' has the day 30")]
    [InlineData("0 10 31 APR,JUN ? *", "it never fires, because no month of 'APR,JUN' has the day 31")]
    [InlineData("0 10 ? * ? *", "one of day-of-month and day-of-week has to be set, the other '?'")]
    public void An_invalid_cron_expression_is_one_sentence(string cron, string problem) =>
        Should.Throw<SynthesisException>(() => ScheduleText.Of(new() { Cron = cron }, "Orders"))
            .Message.ShouldBe($"The cron expression '{cron}' of Orders is not valid: {problem}.");

    [Theory]
    [InlineData("rate(0 minutes)")]
    [InlineData("rate(1 minutes)")]
    [InlineData("rate(5 minute)")]
    [InlineData("rate(5 seconds)")]
    [InlineData("rate(1.5 hours)")]
    [InlineData("rate(5  minutes)")]
    [InlineData("rate(-5 minutes)")]
    public void An_invalid_rate_is_one_sentence(string rate) =>
        Should.Throw<SynthesisException>(() => ScheduleText.Of(new() { Expression = rate }, "Orders"))
            .Message.ShouldBe($"The rate '{rate[5..^1]}' of Orders is not valid: write a whole number and minutes, hours or days, such as 'rate(5 minutes)' or 'rate(1 hour)'.");

    [Theory]
    [InlineData("every day")]
    [InlineData("5 minutes")]
    [InlineData("rate(5 minutes")]
    [InlineData("Cron(0 10 * * ? *)")]
    public void Something_else_is_one_sentence(string text) =>
        Should.Throw<SynthesisException>(() => ScheduleText.Of(new() { Expression = text }, "Orders"))
            .Message.ShouldStartWith($"The schedule '{text}' of Orders is not an expression: write rate(5 minutes)");

    [Theory]
    [InlineData("2030-01-31 08:00:00")]
    [InlineData("2030-02-30T08:00:00")]
    [InlineData("2030-01-31T08:00:00Z")]
    public void An_invalid_moment_is_one_sentence(string moment) =>
        Should.Throw<SynthesisException>(() => ScheduleText.Of(new() { Expression = $"at({moment})" }, "Orders"))
            .Message.ShouldStartWith($"The moment '{moment}' of Orders is not valid");

    [Fact]
    public void Fields_finer_than_the_finest_one_begin_at_their_first_value_and_the_others_are_every()
    {
        Of(new() { Minute = "*/5" }).ShouldBe("cron(*/5 * * * ? *)");
        Of(new() { Hour = "8" }).ShouldBe("cron(0 8 * * ? *)");
        Of(new() { Hour = "8", Minute = "30" }).ShouldBe("cron(30 8 * * ? *)");
        Of(new() { Day = "1" }).ShouldBe("cron(0 0 1 * ? *)");
        Of(new() { WeekDay = "MON-FRI", Hour = "18" }).ShouldBe("cron(0 18 ? * MON-FRI *)");
        Of(new() { Month = "JUN" }).ShouldBe("cron(0 0 1 JUN ? *)");
        Of(new() { Month = "6", Minute = "15" }).ShouldBe("cron(15 * * 6 ? *)");
        Of(new() { Year = "2030" }).ShouldBe("cron(0 0 1 1 ? 2030)");
        Of(new() { Year = "2030", WeekDay = "1" }).ShouldBe("cron(0 0 ? * 1 2030)");

        static string Of(WorkflowScheduleProps props) => ScheduleText.Of(props, "Orders");
    }

    [Fact]
    public void Both_days_are_one_sentence() =>
        Should.Throw<SynthesisException>(() => ScheduleText.Of(new() { Day = "1", WeekDay = "MON" }, "Orders"))
            .Message.ShouldBe("The schedule of Orders sets both Day and WeekDay: a cron expression takes one of them.");

    [Fact]
    public void None_or_several_are_one_sentence()
    {
        Should.Throw<SynthesisException>(() => ScheduleText.Of(new(), "Orders")).Message.ShouldStartWith("The schedule of Orders is not given: set one of");
        Should.Throw<SynthesisException>(() => ScheduleText.Of(new() { Cron = "0 8 * * ? *", Hour = "8" }, "Orders")).Message.ShouldStartWith("The schedule of Orders is given more than once");
    }

    [Fact]
    public void A_cron_may_be_written_with_or_without_its_word() =>
        ScheduleText.Of(new() { Cron = "cron(0 8  * * ? *)" }, "Orders").ShouldBe(ScheduleText.Of(new() { Cron = "0 8 * * ? *" }, "Orders"));
}
