using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>A store that has lost its definitions, or that cannot create some executions.</summary>
sealed class FaultyStore(IExecutionStore store) : IExecutionStore
{
    public bool KeepsRevisions { get; init; } = true;

    public Func<ExecutionCommit, bool> FailsToCreate { get; set; } = _ => false;

    public bool KeepsHistory => store.KeepsHistory;

    public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken) =>
        FailsToCreate(commit) ? throw new ExecutionStoreException("The disk is full.") : store.CreateAsync(commit, cancellationToken);

    public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken) => store.AppendAsync(commit, cancellationToken);

    public ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) => store.FindAsync(executionArn, cancellationToken);

    public ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken) => store.ReadSignalsAsync(executionArn, cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) =>
        store.ReadHistoryAsync(executionArn, range, cancellationToken);

    public ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken) => store.QueryAsync(query, cancellationToken);

    public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken) => store.SaveRevisionAsync(revision, cancellationToken);

    public ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken) =>
        KeepsRevisions ? store.FindRevisionAsync(definitionHash, cancellationToken) : new((StateMachineRevision?)null);

    public ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken) => store.FindTokenOwnerAsync(taskToken, cancellationToken);

    public ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) => store.ReadDueAsync(until, limit, cancellationToken);
}
