using System.Globalization;
using Amazon.CDK;

namespace Orkestra.Cdk.Scheduling;

/// <summary>Schedule expressions as EventBridge writes them, checked before anything is deployed.</summary>
/// <remarks>https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html</remarks>
internal static class ScheduleText
{
    const string Fields = "minute, hour, day-of-month, month, day-of-week and year";

    /// <summary>The expression that the props ask for.</summary>
    /// <exception cref="SynthesisException">None is asked for, several are, or the one is not valid.</exception>
    public static string Of(WorkflowScheduleProps props, string owner)
    {
        var byField = props.Minute ?? props.Hour ?? props.Day ?? props.Month ?? props.WeekDay ?? props.Year;
        var given = (props.Expression is null ? 0 : 1) + (props.Rate is null ? 0 : 1) + (props.Cron is null ? 0 : 1) + (byField is null ? 0 : 1);
        if (given != 1)
            throw new SynthesisException($"The schedule of {owner} is {(given == 0 ? "not given" : "given more than once")}: set one of Expression, Rate, Cron, or the fields from Minute to Year.");
        if (props.Expression is { } expression) return Checked(expression, owner);
        if (props.Rate is { } rate) return Rate(rate, owner);
        return props.Cron is { } cron ? Cron(cron, owner) : Cron(ByField(props, owner), owner);
    }

    static string Checked(string expression, string owner)
    {
        var text = expression.Trim();
        if (Inside(text, "cron") is { } cron) return Cron(cron, owner);
        if (Inside(text, "rate") is { } rate) return Rate(rate, owner);
        if (Inside(text, "at") is { } at) return At(at, owner);
        throw new SynthesisException($"The schedule '{expression}' of {owner} is not an expression: write rate(5 minutes), cron(0 8 ? * MON-FRI *) or at(2030-01-31T08:00:00).");
    }

    static string? Inside(string text, string kind) =>
        text.StartsWith(kind + "(", StringComparison.Ordinal) && text.EndsWith(')') ? text[(kind.Length + 1)..^1] : null;

    static string Rate(string text, string owner)
    {
        if (text.Split(' ') is [var count, var unit]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && unit.TrimEnd('s') is "minute" or "hour" or "day"
            && unit.EndsWith('s') == number > 1)
        {
            return $"rate({text})";
        }

        throw new SynthesisException($"The rate '{text}' of {owner} is not valid: write a whole number and minutes, hours or days, such as 'rate(5 minutes)' or 'rate(1 hour)'.");
    }

    static string Rate(Duration rate, string owner)
    {
        var minutes = rate.ToMinutes(new TimeConversionOptions { Integral = false });
        if (minutes < 1 || minutes % 1 != 0)
            throw new SynthesisException($"The rate of {owner} is {rate.ToHumanString()}: a schedule counts whole minutes, so choose one minute or more.");
        const int hour = 60, day = 24 * hour;
        var (count, unit) = minutes switch
        {
            _ when minutes % day == 0 => (minutes / day, "day"),
            _ when minutes % hour == 0 => (minutes / hour, "hour"),
            _ => (minutes, "minute"),
        };
        return string.Create(CultureInfo.InvariantCulture, $"rate({count} {unit}{(count > 1 ? "s" : "")})");
    }

    static string At(string text, string owner) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? $"at({text})"
            : throw new SynthesisException($"The moment '{text}' of {owner} is not valid: write it like 'at(2030-01-31T08:00:00)' and name the time zone in TimeZone.");

    static string Cron(string text, string owner)
    {
        var fields = (Inside(text, "cron") ?? text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != CronField.All.Length)
            throw Invalid($"it has {fields.Length} fields, but six are needed: {Fields}");
        foreach (var (field, value) in CronField.All.Zip(fields))
        {
            if (field.Problem(value) is { } problem) throw Invalid(problem);
        }

        if ((fields[2] == "?") == (fields[4] == "?"))
            throw Invalid(fields[2] == "?" ? "one of day-of-month and day-of-week has to be set, the other '?'" : "day-of-month and day-of-week cannot both be set: make one of them '?'");
        return $"cron({string.Join(' ', fields)})";

        SynthesisException Invalid(string problem) => new($"The cron expression '{text}' of {owner} is not valid: {problem}.");
    }

    static string ByField(WorkflowScheduleProps props, string owner)
    {
        if (props.Day is not null && props.WeekDay is not null)
            throw new SynthesisException($"The schedule of {owner} sets both Day and WeekDay: a cron expression takes one of them.");
        // Fields finer than the finest one given begin at their first value, the others are "every": Hour = "8" is at eight o'clock, not each minute from eight to nine.
        var finest = props.Minute is not null ? 0 : props.Hour is not null ? 1 : (props.Day ?? props.WeekDay) is not null ? 2 : props.Month is not null ? 3 : 4;
        var minute = props.Minute ?? "0";
        var hour = props.Hour ?? (finest > 1 ? "0" : "*");
        var day = props.Day ?? (props.WeekDay is not null ? "?" : finest > 2 ? "1" : "*");
        var month = props.Month ?? (finest > 3 ? "1" : "*");
        return $"{minute} {hour} {day} {month} {props.WeekDay ?? "?"} {props.Year ?? "*"}";
    }
}
