using System.Buffers;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Signals;

/// <summary>
/// Something that reached an execution from outside: its start, a task's answer, the time, a stop. The signals of an execution, in order, decide everything it
/// does. A store keeps them, and applying them again gives the same execution. Signals are not history events: the history follows from them.
/// Immutable, and safe to use from any thread.
/// </summary>
public readonly struct ExecutionSignal
{
    readonly object? cause;
    readonly object? details;

    internal ExecutionSignal(
        ExecutionSignalKind kind, long ticks, TaskId task = default, JsonValue? value = null, string? error = null, object? cause = null, object? details = null, int index = 0,
        string? stateName = null)
    {
        Kind = kind;
        Ticks = ticks;
        Task = task;
        Value = value;
        Error = error;
        this.cause = LazyCause.Limit(cause);
        this.details = details;
        Index = index;
        StateName = stateName;
    }

    /// <summary>A signal of members that a store kept by themselves, instead of the text of <see cref="Write"/>. It takes what the members of a signal said before.</summary>
    /// <param name="kind">What happened.</param>
    /// <param name="time">When it happened.</param>
    /// <param name="task">The task it is about.</param>
    /// <param name="value">The value that came with it.</param>
    /// <param name="error">The error's name.</param>
    /// <param name="cause">The error's cause, or what else <see cref="Cause"/> means.</param>
    /// <param name="index">The index of the child execution, or what else <see cref="Index"/> means.</param>
    /// <param name="stateName">The state that was waiting for it.</param>
    /// <param name="child">How a child execution ended.</param>
    /// <exception cref="ArgumentException">The kind is <see cref="ExecutionSignalKind.Started"/>, whose signals only <see cref="Read"/> makes.</exception>
    public ExecutionSignal(
        ExecutionSignalKind kind, DateTimeOffset time, TaskId task = default, JsonValue? value = null, string? error = null, string? cause = null, int index = 0, string? stateName = null,
        ChildEnding? child = null)
        : this(kind, time.UtcTicks, task, value, error, cause, child, index, stateName)
    {
        if (kind == ExecutionSignalKind.Started) throw new ArgumentException("A signal that starts an execution is more than its members: read it from its text.", nameof(kind));
    }

    /// <summary>What happened.</summary>
    public ExecutionSignalKind Kind { get; }

    /// <summary>When it happened, UTC.</summary>
    public DateTimeOffset Time => new(Ticks, TimeSpan.Zero);

    /// <summary>The task it is about; the default value for signals about the execution itself.</summary>
    public TaskId Task { get; }

    /// <summary>
    /// The state that was waiting for the signal; null for signals about the execution itself. A replay compares it with the definition, so that a signal is never
    /// applied to another state.
    /// </summary>
    public string? StateName { get; }

    /// <summary>The value that came with it: an input, a result or items; null for none.</summary>
    public JsonValue? Value { get; }

    /// <summary>The error's name; null for none.</summary>
    public string? Error { get; }

    /// <summary>The error's cause, the name of an activity's worker, or the ARN of a Map Run; null for none.</summary>
    public string? Cause => LazyCause.TextOf(cause);

    /// <summary>
    /// The index of the child execution it is about. With <see cref="ExecutionSignalKind.Redriven"/>, which redrive of the surrounding Map Run it is;
    /// with <see cref="ExecutionSignalKind.ActivityStarted"/>, 1 when the runtime's invoker works on the activity and 0 when a worker does.
    /// </summary>
    public int Index { get; }

    /// <summary>What the execution begins with; null unless it is <see cref="ExecutionSignalKind.Started"/>.</summary>
    public ExecutionStart? Start => details as ExecutionStart;

    /// <summary>How a child execution of a distributed Map ended; null with all other signals.</summary>
    public ChildEnding? Child => details as ChildEnding;

    /// <summary>
    /// Whether the signal has more than the members that its constructor takes, such as the start of an execution or where items come from. A store that keeps the members of
    /// signals by themselves has to keep such a signal as the text of <see cref="Write"/>.
    /// </summary>
    public bool NeedsText => details is not (null or ChildEnding or IReadOnlyList<ItemOrigin> { Count: 0 });

    internal long Ticks { get; }

    /// <summary>The cause, perhaps not formatted yet.</summary>
    internal object? CauseObject => cause;

    /// <summary>Where the items of a distributed Map come from; empty with all other signals, and when it was not stored.</summary>
    internal IReadOnlyList<ItemOrigin> Origins => details as IReadOnlyList<ItemOrigin> ?? [];

    /// <summary>The same signal for the state that waits for it.</summary>
    internal ExecutionSignal For(string? stateName) => new(Kind, Ticks, Task, Value, Error, cause, details, Index, stateName);

    /// <summary>Writes the signal as an object of UTF-8 JSON, for a store to keep. <see cref="Read"/> reads it back.</summary>
    /// <param name="destination">Receives the text.</param>
    /// <exception cref="InvalidOperationException">A value nests deeper than <see cref="JsonWriter.MaxDepth"/>.</exception>
    public void Write(IBufferWriter<byte> destination) => ExecutionSignalFormat.Write(this, destination);

    /// <summary>Reads a signal that <see cref="Write"/> wrote, with this version of Orkestra or an earlier one.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <exception cref="FormatException">The text is not a signal, or a later version wrote it in a form this version cannot read.</exception>
    public static ExecutionSignal Read(ReadOnlySpan<byte> utf8Json) => ExecutionSignalFormat.Read(utf8Json);

    /// <summary>Kind, task and state, for a log.</summary>
    public override string ToString() => StateName is null ? Kind.ToString() : $"{Kind} of '{StateName}' ({Task.Slot}/{Task.Generation})";
}
