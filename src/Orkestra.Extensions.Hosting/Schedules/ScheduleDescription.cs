namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>A schedule as it stands. Immutable.</summary>
public sealed record ScheduleDescription
{
    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the workflow it starts.</summary>
    public required string Workflow { get; init; }

    /// <summary>The expression as EventBridge writes it.</summary>
    public required string Expression { get; init; }

    /// <summary>The id of the time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>A text for people; null for none.</summary>
    public string? Description { get; init; }

    /// <summary>What happens to missed fire times.</summary>
    public required MissedRuns Missed { get; init; }

    /// <summary>When it begins; null for at once.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When it ends; null for never.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Whether it is paused.</summary>
    public required bool IsPaused { get; init; }

    /// <summary>The next fire time, with the offset of the time zone; null when it is paused or has none.</summary>
    public DateTimeOffset? NextFireTime { get; init; }

    /// <summary>The last fire time whose run was started, UTC; null for none.</summary>
    public DateTimeOffset? LastFireTime { get; init; }

    /// <summary>The ARN of the last run it started; null for none.</summary>
    public string? LastRun { get; init; }
}
