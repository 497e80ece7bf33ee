using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Storage;

/// <summary>What is stored at once: signals, the history that followed from them, and the execution as it is after them.</summary>
public sealed class ExecutionCommit
{
    /// <summary>The execution after the signals.</summary>
    public required ExecutionRecord Execution { get; init; }

    /// <summary>How many signals the store has of the execution before this commit; 0 for a new one.</summary>
    public required long ExpectedSequence { get; init; }

    /// <summary>The signals, oldest first. The memory belongs to the runtime again when the call has ended.</summary>
    public required ReadOnlyMemory<ExecutionSignal> Signals { get; init; }

    /// <summary>The events of the history that followed. Read them before the call ends.</summary>
    public required HistorySlice History { get; init; }

    /// <summary>The tokens of all tasks that can be completed from outside, after this commit; null when they are the same as before it.</summary>
    public IReadOnlyCollection<string>? OpenTokens { get; init; }
}
