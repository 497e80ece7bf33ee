namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>How a schedule starts a workflow. <c>WorkflowScheduleProps</c> of Orkestra.Cdk has the same members for the deployed one.</summary>
public sealed class WorkflowScheduleOptions
{
    /// <summary>
    /// The name: 1 to 60 letters, digits, <c>-</c>, <c>_</c> and <c>.</c>. The name of the workflow by default, so a second schedule of a workflow needs one. The names of
    /// runs begin with it, and what is stored of the schedule belongs to it.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>The IANA time zone that cron fields and moments are in, such as <c>Europe/Paris</c>; UTC by default.</summary>
    public string? TimeZone { get; set; }

    /// <summary>When the schedule begins; at once by default. A rate fires then for the first time.</summary>
    public DateTimeOffset? Start { get; set; }

    /// <summary>When the schedule ends: no run starts then or later. Never by default.</summary>
    public DateTimeOffset? End { get; set; }

    /// <summary>
    /// The input of each run, written as the workflow writes its payloads; a <see cref="Orkestra.Expressions.Data.JsonValue"/> is used as it is. By default <c>{}</c>, or nothing for a
    /// workflow over <see cref="Orkestra.Authoring.Nothing"/>.
    /// </summary>
    public object? Input { get; set; }

    /// <summary>Makes the input of a run from its fire time, which has the offset of the time zone; in place of <see cref="Input"/>. It must be quick, and give the same for the same time.</summary>
    public Func<DateTimeOffset, object?>? InputAt { get; set; }

    /// <summary>
    /// Gives the partition key of a run from its fire time, such as the day before; in place of the inputs above. The workflow needs
    /// <see cref="BackfillExtensions.AddPartitions{TWorkflow, TKey}"/> with the same type of key, which makes the input. Each key has one run, whether this schedule or a backfill starts
    /// it.
    /// </summary>
    public Func<DateTimeOffset, object>? PartitionAt { get; set; }

    /// <summary>Whether the schedule starts runs when it becomes known; true by default. Afterwards, what was last said with pause and resume counts.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>What happens to fire times that passed while the process was down; <see cref="MissedRuns.RunLatest"/> by default.</summary>
    public MissedRuns Missed { get; set; }

    /// <summary>A text for people.</summary>
    public string? Description { get; set; }
}
