using System.Globalization;
using System.Text.RegularExpressions;
using Amazon.CDK;

namespace Orkestra.Cdk.Scheduling;

/// <summary>A schedule's props, checked and with their defaults filled in.</summary>
internal sealed partial record SchedulePlan(ScheduleService Service, string Expression, string? TimeZone, double? WindowMinutes, double? MaxAgeSeconds)
{
    const int MinutesInDay = 24 * 60;
    const int MostRetries = 185;
    const int LongestDescription = 512;

    public static SchedulePlan Of(WorkflowScheduleProps props, string owner)
    {
        var expression = ScheduleText.Of(props, owner);
        var needed = OnlyScheduler(props, expression);
        if (needed is not null && props.Service == ScheduleService.Rule)
            throw new SynthesisException($"The schedule of {owner} has {needed}, which a rule does not know: leave Service out or set it to {nameof(ScheduleService)}.{nameof(ScheduleService.Scheduler)}.");
        if (props.RetryAttempts is < 0 or > MostRetries)
            throw new SynthesisException($"The schedule of {owner} asks for {props.RetryAttempts} retries: choose 0 to {MostRetries}.");
        if (props.ScheduleName is { } name && !Token.IsUnresolved(name) && !ScheduleName().IsMatch(name))
            throw new SynthesisException($"The schedule of {owner} has the name '{name}': a name has 1 to 64 letters, digits, hyphens, underscores and dots.");
        if (props.Description is { Length: > LongestDescription } text)
            throw new SynthesisException($"The description of the schedule of {owner} has {text.Length} characters: at most {LongestDescription} are allowed.");
        if (props.Start >= props.End) throw new SynthesisException($"The schedule of {owner} starts at {props.Start:u}, which isn't before its end at {props.End:u}: set an earlier Start or a later End.");
        return new(
            props.Service ?? (needed is null ? ScheduleService.Rule : ScheduleService.Scheduler),
            expression,
            Known(props.TimeZone, owner),
            Minutes(props.FlexibleWindow, "a flexible window", owner),
            Minutes(props.MaxEventAge, "a greatest event age", owner) * 60);
    }

    // https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html and https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html
    [GeneratedRegex("^[A-Za-z0-9_.-]{1,64}$", RegexOptions.CultureInvariant)]
    private static partial Regex ScheduleName();

    static string? OnlyScheduler(WorkflowScheduleProps props, string expression) =>
        props.TimeZone is not null ? "a time zone"
        : props.FlexibleWindow is not null ? "a flexible window"
        : props.Start is not null ? "a start"
        : props.End is not null ? "an end"
        : expression.StartsWith("at(", StringComparison.Ordinal) ? "a single moment"
        : null;

    // A machine without a time zone database knows no zone at all, so it cannot tell a wrong one.
    static string? Known(string? zone, string owner) =>
        zone is null || (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId) || !TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Paris", out _)
            ? zone
            : throw new SynthesisException($"The time zone '{zone}' of the schedule of {owner} is not known: name one of the IANA database, such as 'Europe/Paris'.");

    static double? Minutes(Duration? duration, string what, string owner)
    {
        if (duration is null) return null;
        var minutes = duration.ToMinutes(new TimeConversionOptions { Integral = false });
        return minutes is >= 1 and <= MinutesInDay && minutes % 1 == 0
            ? minutes
            : throw new SynthesisException(string.Create(CultureInfo.InvariantCulture, $"The schedule of {owner} has {what} of {minutes} minutes: choose whole minutes from 1 to {MinutesInDay}."));
    }
}
