using Orkestra.Engine;
using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Storage;

/// <summary>
/// Keeps executions, so that they survive the process. The signals of an execution, in order, are all that is needed to go on with it; everything else a store keeps
/// serves queries. <see cref="ExecutionSignal.Write"/> and <see cref="ExecutionSignal.Read"/> give the form of signals in bytes.
/// </summary>
/// <remarks>
/// <para>The runtime calls a store from many threads, but never twice at once for one execution. Before a call has ended nothing that follows from it happens: no
/// task is called, no caller gets an answer, no reader sees it.</para>
/// <para>A call that throws has stored nothing. The runtime repeats it a few times (<see cref="OrkestraOptions.StoreRetries"/>), except after the exceptions documented
/// below and after <see cref="OrkestraOptions.StoreTimeout"/>; then it suspends the execution, which stays as it was stored and can be resumed. The fault of a store is
/// never recorded as the result of a task or of a child execution.</para>
/// </remarks>
public interface IExecutionStore
{
    /// <summary>
    /// Whether the store keeps the histories it is given. The runtime then drops the older parts of a history from memory and reads them with
    /// <see cref="ReadHistoryAsync"/>. When false, histories stay in memory until their execution ends, and are made again from the signals after a restart.
    /// </summary>
    bool KeepsHistory { get; }

    /// <summary>Creates an execution.</summary>
    /// <param name="commit">Its first signals. <see cref="ExecutionCommit.ExpectedSequence"/> is 0.</param>
    /// <param name="cancellationToken">Cancelled when the runtime no longer waits for the call.</param>
    /// <exception cref="ExecutionExistsException">An execution with this ARN exists.</exception>
    ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken);

    /// <summary>Appends signals to an execution, all or none.</summary>
    /// <param name="commit">The signals, and the execution as it is after them.</param>
    /// <param name="cancellationToken">Cancelled when the runtime no longer waits for the call.</param>
    /// <exception cref="SequenceConflictException">
    /// The execution does not have <see cref="ExecutionCommit.ExpectedSequence"/> signals, because another runtime works on it, or the store has lost its lock.
    /// </exception>
    ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken);

    /// <summary>An execution as it was last stored; null when the store does not know it.</summary>
    /// <param name="executionArn">The ARN.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken);

    /// <summary>The signals of an execution, oldest first; none when the store does not know it.</summary>
    /// <param name="executionArn">The ARN.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FormatException">What is stored is not a list of signals that this version can read.</exception>
    ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken);

    /// <summary>A part of an execution's history. Only called when <see cref="KeepsHistory"/> is true.</summary>
    /// <param name="executionArn">The ARN.</param>
    /// <param name="range">Which events, and in which order.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken);

    /// <summary>Finds executions, newest start first; executions that started at the same time are in descending ordinal order of their ARNs.</summary>
    /// <param name="query">Which executions, and which page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// A page. Executions that start while pages are read do not move those that were there: the next page continues after the last execution of the page before it.
    /// </returns>
    ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>Keeps a definition. Does nothing when a revision with the same hash is stored.</summary>
    /// <param name="revision">The definition and its hash.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken);

    /// <summary>A definition by its hash; null when the store does not know it.</summary>
    /// <param name="definitionHash">The hash, <see cref="ExecutionPlan.DefinitionHash"/>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken);

    /// <summary>The execution whose open task has a token; null when none has.</summary>
    /// <param name="taskToken">The token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken);

    /// <summary>Executions that only wait (<see cref="ExecutionRecord.IsIdle"/>) and whose <see cref="ExecutionRecord.NextDue"/> has come, earliest first.</summary>
    /// <param name="until">The latest due time.</param>
    /// <param name="limit">The largest number of executions.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken);
}
