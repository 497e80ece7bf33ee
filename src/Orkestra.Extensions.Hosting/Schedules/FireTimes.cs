using System.Globalization;
using Orkestra.Authoring.Schedules;

namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>
/// When a schedule fires. Changes of the clocks are treated as EventBridge Scheduler does: a local time that does not exist is skipped, and one that occurs twice fires the first
/// time. Immutable.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time</remarks>
internal sealed class FireTimes
{
    readonly ScheduleExpression expression;
    readonly CronCalendar? calendar;
    readonly DateTimeOffset? start;
    readonly DateTimeOffset? end;

    /// <exception cref="FormatException">The schedule never fires.</exception>
    internal FireTimes(ScheduleExpression expression, TimeZoneInfo zone, DateTimeOffset? start, DateTimeOffset? end)
    {
        (this.expression, Zone, this.start, this.end) = (expression, zone, start, end);
        if (end <= start) throw new FormatException($"The schedule '{expression.Text}' ends before it starts.");
        if (expression.Fields.Count > 0) calendar = new CronCalendar(expression.Fields, expression.Text);
        if (expression.Moment is { } moment && zone.IsInvalidTime(moment))
            throw new FormatException($"The schedule '{expression.Text}' never fires: the clocks of {zone.Id} go forward then, and that time does not exist.");
    }

    internal TimeZoneInfo Zone { get; }

    /// <summary>What fire times follow from, as one text.</summary>
    internal string Identity => string.Create(CultureInfo.InvariantCulture, $"{expression.Text} {Zone.Id}{(start is { } time ? $" {time.UtcDateTime:O}" : "")}");

    /// <summary>The fire times after a time, earliest first, without those that do not exist.</summary>
    /// <param name="after">The time.</param>
    /// <param name="since">Since when the schedule is known: rates without a start count from here.</param>
    internal IEnumerable<DateTimeOffset> After(DateTimeOffset after, DateTimeOffset since) =>
        WithChanges(after, since).Where(fire => fire.ClockChange != ClockChange.Skipped).Select(fire => fire.Time);

    /// <summary>The first of them; null if the schedule has ended.</summary>
    internal DateTimeOffset? Next(DateTimeOffset after, DateTimeOffset since) => After(after, since).Select(time => (DateTimeOffset?)time).FirstOrDefault();

    /// <summary>The fire times after a time, earliest first, with those that changes of the clocks skip.</summary>
    internal IEnumerable<FireTime> WithChanges(DateTimeOffset after, DateTimeOffset since)
    {
        var offset = Zone.GetUtcOffset(start > after ? start.Value : after);
        foreach (var fire in expression.Rate is { } rate ? OfRate(rate, after, since) : calendar is not null ? OfCron(calendar, after) : OfMoment(after))
        {
            if (end is { } last && fire.Time >= last) yield break;
            if (fire.ClockChange == ClockChange.None && fire.Time.Offset != offset) yield return fire with { ClockChange = fire.Time.Offset > offset ? ClockChange.Forward : ClockChange.Back };
            else yield return fire;
            if (fire.ClockChange != ClockChange.Skipped) offset = fire.Time.Offset;
        }
    }

    IEnumerable<FireTime> OfRate(TimeSpan rate, DateTimeOffset after, DateTimeOffset since)
    {
        // The start is the first fire time. Without one, the first fire time is one rate after the schedule became known.
        var first = start ?? since + rate;
        var time = after < first ? first : first + ((Math.Floor((after - first) / rate) + 1) * rate);
        while (time <= after) time += rate;
        for (; ; time += rate)
        {
            yield return new FireTime(TimeZoneInfo.ConvertTime(time, Zone), ClockChange.None);
            if (DateTimeOffset.MaxValue - time <= rate) yield break;
        }
    }

    IEnumerable<FireTime> OfCron(CronCalendar days, DateTimeOffset after)
    {
        // A fire time at the start counts.
        if (start > after) after = start.Value.AddTicks(-1);
        for (var local = days.After(TimeZoneInfo.ConvertTime(after, Zone).DateTime); local is { } next; local = days.After(next))
        {
            if (Zone.IsInvalidTime(next))
            {
                yield return new FireTime(new DateTimeOffset(next, Zone.GetUtcOffset(next.AddDays(-1))), ClockChange.Skipped);
                continue;
            }

            var time = At(next, out var isTwice);
            // While the repeated hour passes for the second time, its fire times are over.
            if (time > after) yield return new FireTime(time, isTwice ? ClockChange.Twice : ClockChange.None);
        }
    }

    IEnumerable<FireTime> OfMoment(DateTimeOffset after)
    {
        var time = At(expression.Moment!.Value, out var isTwice);
        if (time > after && !(time < start)) yield return new FireTime(time, isTwice ? ClockChange.Twice : ClockChange.None);
    }

    DateTimeOffset At(DateTime local, out bool isTwice)
    {
        isTwice = Zone.IsAmbiguousTime(local);
        return new DateTimeOffset(local, isTwice ? Zone.GetAmbiguousTimeOffsets(local).Max() : Zone.GetUtcOffset(local));
    }
}
