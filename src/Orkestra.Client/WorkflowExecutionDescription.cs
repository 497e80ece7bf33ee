using Orkestra.Engine;

namespace Orkestra.Client;

/// <summary>An execution at one moment. Immutable.</summary>
/// <typeparam name="TOut">The output of the workflow.</typeparam>
public sealed record WorkflowExecutionDescription<TOut>
{
    /// <summary>The status.</summary>
    public required ExecutionStatus Status { get; init; }

    /// <summary>When it started, UTC.</summary>
    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it ended, UTC; null while it runs.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>The output; the default value unless it succeeded.</summary>
    public TOut? Output { get; init; }

    /// <summary>The error's name; null unless it failed, and when the error has no name.</summary>
    public string? Error { get; init; }

    /// <summary>The error's cause; null unless it failed, and when the error has no cause.</summary>
    public string? Cause { get; init; }

    /// <summary>How often it was redriven.</summary>
    public int RedriveCount { get; init; }
}
