using Orkestra.Asl.Maps;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Commands;

/// <summary>
/// Something an execution wants done outside, besides <see cref="InvokeTask"/>. Commands are plain data: they name tasks by <see cref="TaskId"/> and refer to nothing that changes, so a host may keep
/// them, send them elsewhere, or drop them.
/// </summary>
/// <param name="Task">The task that asked for it, and that the answering signal names.</param>
internal abstract record ExecutionCommand(TaskId Task);

/// <summary>
/// Call a task. Answered by <see cref="ExecutionSignalKind.TaskSucceeded"/>, <c>TaskFailed</c> or <c>TaskSubmitted</c>. A command like the others, and a small structure because
/// it is by far the most frequent one.
/// </summary>
/// <param name="Task">The task, which the answering signal names.</param>
/// <param name="Target">The state and what it calls.</param>
/// <param name="Input">The state's input after Parameters or Arguments.</param>
/// <param name="Attempt">1 for the first attempt of the state.</param>
/// <param name="EnteredEventId">The id of the StateEntered event, which tells one visit to the state from another.</param>
/// <param name="Terms">What else is to be known; null for most tasks.</param>
internal readonly record struct InvokeTask(TaskId Task, TaskTarget Target, JsonValue Input, int Attempt, int EnteredEventId, TaskTerms? Terms = null);

/// <summary>A Task state and what it calls.</summary>
internal sealed record TaskTarget(string StateName, TaskResource Resource);

/// <summary>What is to be known of a task with time limits, with a token, or from before a restart.</summary>
/// <param name="Limits">Time limits and credentials; null for none.</param>
/// <param name="Token">The task's token when the state's fields may have handed it out; null otherwise.</param>
/// <param name="IsSubmitted">Whether the request was accepted before a restart, so that only the end of the job is awaited.</param>
/// <param name="IsOffered">Whether an activity was offered to its workers before a restart.</param>
internal sealed record TaskTerms(TaskLimits? Limits, string? Token, bool IsSubmitted, bool IsOffered);

/// <summary>What limits a task, and whose permissions it has. The engine watches the times.</summary>
/// <param name="TimeoutSeconds">The time limit in seconds; null for none.</param>
/// <param name="HeartbeatSeconds">The heartbeat interval in seconds; null for none.</param>
/// <param name="Credentials">The credentials, an object with <c>RoleArn</c>; null for none.</param>
internal sealed record TaskLimits(long? TimeoutSeconds, long? HeartbeatSeconds, JsonValue? Credentials);

/// <summary>The answer of a task is no longer wanted.</summary>
internal sealed record CancelTask(TaskId Task) : ExecutionCommand(Task);

/// <summary>Read the items of a distributed Map. Answered by <see cref="ExecutionSignalKind.ItemsRead"/> or <c>ItemsFailed</c>.</summary>
internal sealed record ReadItems(TaskId Task, string StateName, string Resource, JsonValue Arguments, ReaderConfig? Config, long MaxItems) : ExecutionCommand(Task);

/// <summary>
/// Start a child execution of a distributed Map, or redrive the one that failed. Answered by <see cref="ExecutionSignalKind.ChildSucceeded"/> or <c>ChildFailed</c>.
/// </summary>
/// <param name="Task">The Map.</param>
/// <param name="StateName">The Map's state.</param>
/// <param name="MapRunArn">The Map Run the child belongs to.</param>
/// <param name="Index">The child's index, which the answer names.</param>
/// <param name="Start">What the child begins with.</param>
/// <param name="Plan">The compiled item processor; immutable.</param>
/// <param name="Redrives">How often the Map Run was redriven.</param>
internal sealed record StartChild(TaskId Task, string StateName, string MapRunArn, int Index, ExecutionStart Start, ExecutionPlan Plan, int Redrives) : ExecutionCommand(Task);

/// <summary>Write the results of a distributed Map. Answered by <see cref="ExecutionSignalKind.ResultsWritten"/> or <c>ResultsFailed</c>.</summary>
internal sealed record WriteResults(TaskId Task, string StateName, string MapRunArn, string MapRunId, ResultWriter Writer, JsonValue Arguments, IReadOnlyList<ChildOutcome> Children)
    : ExecutionCommand(Task);

/// <summary>Stop the child executions of a Map Run that have not ended.</summary>
internal sealed record StopChildren(TaskId Task, string MapRunArn) : ExecutionCommand(Task);

/// <summary>What a child execution began with and how it ended.</summary>
internal readonly record struct ChildOutcome(ExecutionStart Start, JsonValue? Output, ChildEnding Ending);
