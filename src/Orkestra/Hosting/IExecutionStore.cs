using Orkestra.Engine;

namespace Orkestra.Hosting;

/// <summary>
/// Keeps the events of executions. The events that happened to an execution, in order, are all that is needed to go on with it; the history follows from
/// them and is handed over beside them, for those who want to look at it. <see cref="ExecutionEvent.Write"/> and <see cref="ExecutionEvent.Read"/> are the
/// events' form in bytes.
/// </summary>
public interface IExecutionStore
{
    /// <summary>
    /// Whether the store keeps the histories it is given. The engine then gives up the older parts of a history that grows large. False means that histories
    /// stay in memory until their execution ends.
    /// </summary>
    bool KeepsHistory { get; }

    /// <summary>Adds to an execution. What the execution wants done is not begun before the task has ended.</summary>
    /// <param name="executionArn">The execution.</param>
    /// <param name="events">What happened, oldest first. The memory is the caller's again when the task has ended.</param>
    /// <param name="history">The events of the history that followed; read them before the task ends.</param>
    /// <param name="status">How the execution stands after these events.</param>
    ValueTask AppendAsync(string executionArn, ReadOnlyMemory<ExecutionEvent> events, HistorySlice history, ExecutionStatus status);

    /// <summary>The events of an execution, oldest first; none when the store does not know it.</summary>
    ValueTask<IReadOnlyList<ExecutionEvent>> ReadAsync(string executionArn);

    /// <summary>
    /// The executions that have not ended. Children of distributed Maps (<see cref="ExecutionStart.Parent"/>) are left out: they go on with the execution whose Map it is.
    /// </summary>
    ValueTask<IReadOnlyList<string>> ListRunningAsync();
}
