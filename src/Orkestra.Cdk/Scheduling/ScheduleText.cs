using Amazon.CDK;
using Orkestra.Authoring.Schedules;

namespace Orkestra.Cdk.Scheduling;

/// <summary>Schedule expressions as EventBridge writes them, checked before anything is deployed.</summary>
/// <remarks>https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html</remarks>
internal static class ScheduleText
{
    /// <summary>The expression that the props ask for.</summary>
    /// <exception cref="SynthesisException">None is asked for, several are, or the one is not valid.</exception>
    public static string Of(WorkflowScheduleProps props, string owner)
    {
        var byField = props.Minute ?? props.Hour ?? props.Day ?? props.Month ?? props.WeekDay ?? props.Year;
        var given = (props.Expression is null ? 0 : 1) + (props.Rate is null ? 0 : 1) + (props.Cron is null ? 0 : 1) + (byField is null ? 0 : 1);
        if (given != 1)
            throw new SynthesisException($"The schedule of {owner} is {(given == 0 ? "not given" : "given more than once")}: set one of Expression, Rate, Cron, or the fields from Minute to Year.");
        try
        {
            var expression = props.Expression is { } text ? ScheduleExpression.Parse(text, owner)
                : props.Rate is { } rate ? Rate(rate, owner)
                : ScheduleExpression.OfCron(props.Cron ?? ByField(props, owner), owner);
            return expression.Text;
        }
        catch (FormatException problem)
        {
            throw new SynthesisException(problem.Message, problem);
        }
    }

    static ScheduleExpression Rate(Duration rate, string owner)
    {
        var minutes = rate.ToMinutes(new TimeConversionOptions { Integral = false });
        return minutes >= 1 && minutes % 1 == 0
            ? ScheduleExpression.OfRate(TimeSpan.FromMinutes(minutes))
            : throw new SynthesisException($"The rate of {owner} is {rate.ToHumanString()}: a schedule counts whole minutes, so choose one minute or more.");
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
