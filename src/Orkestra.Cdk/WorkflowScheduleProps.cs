using Amazon.CDK;
using Amazon.CDK.AWS.SQS;

namespace Orkestra.Cdk;

/// <summary>When and how a workflow is started. Exactly one of <see cref="Expression"/>, <see cref="Rate"/>, <see cref="Cron"/> and the fields is set.</summary>
/// <remarks>https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html</remarks>
public class WorkflowScheduleProps
{
    /// <summary>The construct's id; the workflow's name and <c>Schedule</c> by default. Give one for a second schedule of a workflow.</summary>
    public string? Id { get; set; }

    /// <summary>The schedule as the service writes it: <c>rate(5 minutes)</c>, <c>cron(0 8 ? * MON-FRI *)</c>, <c>at(2030-01-31T08:00:00)</c>.</summary>
    public string? Expression { get; set; }

    /// <summary>How often, in whole minutes.</summary>
    public Duration? Rate { get; set; }

    /// <summary>A cron expression of six fields: minute, hour, day-of-month, month, day-of-week, year. One of the two days is <c>?</c>.</summary>
    public string? Cron { get; set; }

    /// <summary>The minute, 0 to 59. Fields finer than the finest one given begin at their first value, the others are every: <c>Hour = "8"</c> is 8:00 each day.</summary>
    public string? Minute { get; set; }

    /// <summary>The hour, 0 to 23.</summary>
    public string? Hour { get; set; }

    /// <summary>The day of the month, 1 to 31, <c>L</c> or <c>15W</c>; not together with <see cref="WeekDay"/>.</summary>
    public string? Day { get; set; }

    /// <summary>The month, 1 to 12 or JAN to DEC.</summary>
    public string? Month { get; set; }

    /// <summary>The day of the week, 1 (Sunday) to 7 or SUN to SAT, <c>6L</c> or <c>3#2</c>; not together with <see cref="Day"/>.</summary>
    public string? WeekDay { get; set; }

    /// <summary>The year.</summary>
    public string? Year { get; set; }

    /// <summary>
    /// Who starts the workflow. A rule by default; Scheduler when <see cref="TimeZone"/>, <see cref="FlexibleWindow"/>, <see cref="Start"/>, <see cref="End"/> or an
    /// <c>at(…)</c> expression is given, which only it knows.
    /// </summary>
    public ScheduleService? Service { get; set; }

    /// <summary>The IANA time zone cron fields are in, such as <c>Europe/Paris</c>; UTC by default.</summary>
    public string? TimeZone { get; set; }

    /// <summary>How much later than due a run may start, 1 minute to 24 hours; none by default.</summary>
    public Duration? FlexibleWindow { get; set; }

    /// <summary>When the schedule begins; at deployment by default.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>When the schedule ends; never by default.</summary>
    public DateTimeOffset? End { get; set; }

    /// <summary>
    /// The payload of each run, written as the workflow writes its payloads; by default a rule passes its event and Scheduler an empty object. A
    /// <see cref="Orkestra.Expressions.Data.JsonValue"/> is used as it is. Required if the workflow takes an object, an array or a number, unless that is the event of a rule.
    /// </summary>
    public object? Input { get; set; }

    /// <summary>Where starts that could not be delivered go; nowhere by default.</summary>
    public IQueue? DeadLetterQueue { get; set; }

    /// <summary>How often a failed start is tried again, 0 to 185; 185 by default.</summary>
    public int? RetryAttempts { get; set; }

    /// <summary>How long a failed start is tried again, 1 minute to 24 hours; 24 hours by default.</summary>
    public Duration? MaxEventAge { get; set; }

    /// <summary>Whether the schedule runs; true by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The name of the rule or schedule; chosen by CloudFormation by default.</summary>
    public string? ScheduleName { get; set; }

    /// <summary>A text for people.</summary>
    public string? Description { get; set; }

    /// <summary>How the workflow itself is deployed; unused for a state machine that exists already.</summary>
    public WorkflowProps? Workflow { get; set; }
}
