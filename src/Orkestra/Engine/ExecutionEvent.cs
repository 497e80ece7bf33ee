using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>
/// Something that happened to an execution from outside. The events of an execution, in order, decide everything it does: a store keeps them, and
/// applying them again gives the same execution.
/// </summary>
public readonly struct ExecutionEvent
{
    readonly object? cause;

    internal ExecutionEvent(ExecutionEventKind kind, long ticks, TaskId task = default, JsonValue? value = null, string? error = null, object? cause = null, object? start = null, int index = 0)
    {
        Kind = kind;
        Ticks = ticks;
        Task = task;
        Value = value;
        Error = error;
        this.cause = cause;
        Start = start as ExecutionStart;
        Index = index;
    }

    /// <summary>What happened.</summary>
    public ExecutionEventKind Kind { get; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset Time => new(Ticks, TimeSpan.Zero);

    /// <summary>The task it happened to.</summary>
    public TaskId Task { get; }

    /// <summary>The value that came with it: an input, a result or items; null for none.</summary>
    public JsonValue? Value { get; }

    /// <summary>The error's name; null for none.</summary>
    public string? Error { get; }

    /// <summary>The error's cause, or the name of an activity's worker; null for none.</summary>
    public string? Cause => LazyCause.TextOf(cause);

    /// <summary>The cause, perhaps not made yet.</summary>
    internal object? CauseObject => cause;

    /// <summary>The index of the child execution it happened to.</summary>
    public int Index { get; }

    internal long Ticks { get; }

    internal ExecutionStart? Start { get; }
}
