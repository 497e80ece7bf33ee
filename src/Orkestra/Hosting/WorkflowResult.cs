using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>A run of a workflow that ended.</summary>
public sealed class WorkflowResult
{
    internal WorkflowResult(WorkflowDefinition definition, ExecutionResult execution, StepFailure? stepFailure)
    {
        Definition = definition;
        Execution = execution;
        StepFailure = stepFailure;
    }

    /// <summary>The workflow.</summary>
    public WorkflowDefinition Definition { get; }

    /// <summary>The execution, with its history.</summary>
    public ExecutionResult Execution { get; }

    /// <summary>Whether it ended with an output.</summary>
    public bool IsSuccess => Execution.IsSuccess;

    /// <summary>The output as JSON; null unless it succeeded.</summary>
    public JsonValue? Output => Execution.Output;

    /// <summary>The step that failed the run; null when it succeeded, and when something else than a step failed it.</summary>
    public StepFailure? StepFailure { get; }

    /// <summary>The state that failed the run; null when none did.</summary>
    public string? FailedState => StepFailure?.StateName ?? FailedEvent()?.StateName;

    /// <summary>What that state was given; null when it is not known.</summary>
    public JsonValue? FailedInput
    {
        get
        {
            if (StepFailure is { } failure) return failure.Input;
            if (FailedEvent() is not { StateName: { } state } at) return null;
            return Trail(at).FirstOrDefault(happened => happened.StateName == state && IsEntry(happened))?.Value;
        }
    }

    internal Func<string?, int?>? FindSize { get; init; }

    /// <summary>The exception for code that only wants an output.</summary>
    public WorkflowFailedException ToException() => new(this);

    // From the end back to the first event that belongs to a state.
    HistoryEvent? FailedEvent()
    {
        var history = Execution.History;
        if (IsSuccess || history.Count == 0) return null;
        return Trail(history[^1]).FirstOrDefault(happened => happened.StateName is not null && happened.Type is not (HistoryEventType.ParallelStateFailed or HistoryEventType.MapStateFailed));
    }

    IEnumerable<HistoryEvent> Trail(HistoryEvent from)
    {
        var history = Execution.History;
        for (var at = from; ; at = history[at.PreviousEventId - 1])
        {
            yield return at;
            if (at.PreviousEventId <= history.FirstKept) yield break;
        }
    }

    static bool IsEntry(HistoryEvent happened) => happened.Type.ToString().EndsWith("StateEntered", StringComparison.Ordinal);
}
