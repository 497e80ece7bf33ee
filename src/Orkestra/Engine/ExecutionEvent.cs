using System.Buffers;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>
/// Something that happened to an execution from outside. The events of an execution, in order, decide everything it does: a store keeps them, and
/// applying them again gives the same execution.
/// </summary>
public readonly struct ExecutionEvent
{
    readonly object? cause;
    readonly object? details;

    internal ExecutionEvent(ExecutionEventKind kind, long ticks, TaskId task = default, JsonValue? value = null, string? error = null, object? cause = null, object? details = null, int index = 0)
    {
        Kind = kind;
        Ticks = ticks;
        Task = task;
        Value = value;
        Error = error;
        this.cause = cause;
        this.details = details;
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

    /// <summary>The error's cause, the name of an activity's worker, or the ARN of a Map Run; null for none.</summary>
    public string? Cause => LazyCause.TextOf(cause);

    /// <summary>The cause, perhaps not made yet.</summary>
    internal object? CauseObject => cause;

    /// <summary>The index of the child execution it happened to; of <see cref="ExecutionEventKind.Redriven"/>, which redrive of the Map Run around it is.</summary>
    public int Index { get; }

    /// <summary>What the execution begins with; null unless it is <see cref="ExecutionEventKind.Started"/>.</summary>
    public ExecutionStart? Start => details as ExecutionStart;

    internal long Ticks { get; }

    /// <summary>How a child execution ended; null with all other events.</summary>
    internal ChildEnding? Child => details as ChildEnding;

    /// <summary>The same at another time.</summary>
    internal ExecutionEvent At(long ticks) => new(Kind, ticks, Task, Value, Error, cause, details, Index);

    /// <summary>Writes the event as an object of UTF-8 JSON, for a store to keep. <see cref="Read"/> makes the same event of it.</summary>
    /// <param name="destination">Receives the text.</param>
    /// <exception cref="InvalidOperationException">A value nests deeper than <see cref="JsonWriter.MaxDepth"/>.</exception>
    public void Write(IBufferWriter<byte> destination) => ExecutionEventFormat.Write(this, destination);

    /// <summary>Reads an event that <see cref="Write"/> wrote, with this version of Orkestra or an earlier one.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <exception cref="FormatException">The text is no event, or was written by a later version than this one can read.</exception>
    public static ExecutionEvent Read(ReadOnlySpan<byte> utf8Json) => ExecutionEventFormat.Read(utf8Json);
}
