using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Storage;

/// <summary>What a store knows of an execution without reading its signals. Immutable.</summary>
public sealed record ExecutionRecord
{
    /// <summary>The ARN, unique in a store.</summary>
    public required string Arn { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; init; }

    /// <summary>The ARN of the state machine.</summary>
    public required string StateMachineArn { get; init; }

    /// <summary>The ARN of the version it was started with; null (the default) when no version was named.</summary>
    public string? StateMachineVersionArn { get; init; }

    /// <summary>The ARN of the alias it was started with; null (the default) when no alias was named.</summary>
    public string? StateMachineAliasArn { get; init; }

    /// <summary>Standard or Express.</summary>
    public required StateMachineType Type { get; init; }

    /// <summary>The status.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended, UTC; null while it runs.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>The hash of the definition it runs, <see cref="ExecutionPlan.DefinitionHash"/>.</summary>
    public required string DefinitionHash { get; init; }

    /// <summary>How many signals the store has of it.</summary>
    public required long Sequence { get; init; }

    /// <summary>How many events its history has.</summary>
    public required int HistoryCount { get; init; }

    /// <summary>
    /// Whether it only waits: for a time, a callback or a worker. Nothing in the process works for it, so it need not be in memory until <see cref="NextDue"/> or until
    /// a signal arrives.
    /// </summary>
    public bool IsIdle { get; init; }

    /// <summary>When it has to go on at the latest, UTC; null when it waits for no time.</summary>
    public DateTimeOffset? NextDue { get; init; }

    /// <summary>The Map Run it is a child of; null for an execution of its own.</summary>
    public ParentMapRun? Parent { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }

    /// <summary>When it was last redriven, UTC; null for never.</summary>
    public DateTimeOffset? RedriveTime { get; init; }

    /// <summary>The input.</summary>
    public required JsonValue Input { get; init; }

    /// <summary>The output; null unless it succeeded.</summary>
    public JsonValue? Output { get; init; }

    /// <summary>The error's name; null for none.</summary>
    public string? Error { get; init; }

    /// <summary>The error's cause; null for none.</summary>
    public string? Cause { get; init; }
}
