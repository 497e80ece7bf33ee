using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Tests.Hosting.Running;

/// <summary>A store in memory whose commits fail as a test says.</summary>
sealed class FaultyStore : IExecutionStore
{
    readonly InMemoryExecutionStore inner = new();

    /// <summary>Called before each commit; what it throws or does is the store's fault.</summary>
    public Func<ExecutionCommit, ValueTask> Fault { get; set; } = _ => ValueTask.CompletedTask;

    /// <summary>Called after each commit that was stored; until it has ended the store does not answer.</summary>
    public Func<ExecutionCommit, ValueTask> Stored { get; set; } = _ => ValueTask.CompletedTask;

    public int Commits { get; private set; }

    public bool KeepsHistory => false;

    public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        Commits++;
        var fault = Fault(commit);
        return fault.IsCompletedSuccessfully ? inner.CreateAsync(commit, cancellationToken) : AfterAsync(fault, () => inner.CreateAsync(commit, cancellationToken));
    }

    public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        Commits++;
        var fault = Fault(commit);
        return fault.IsCompletedSuccessfully ? AnsweredAsync(inner.AppendAsync(commit, cancellationToken), commit) : AfterAsync(fault, () => inner.AppendAsync(commit, cancellationToken));
    }

    public ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) => inner.FindAsync(executionArn, cancellationToken);

    public ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken) => inner.ReadSignalsAsync(executionArn, cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken) => inner.SaveRevisionAsync(revision, cancellationToken);

    public ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken) => inner.FindRevisionAsync(definitionHash, cancellationToken);

    public ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken) => inner.FindTokenOwnerAsync(taskToken, cancellationToken);

    public ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) => inner.ReadDueAsync(until, limit, cancellationToken);

    ValueTask AnsweredAsync(ValueTask stored, ExecutionCommit commit) => stored.IsCompletedSuccessfully ? Stored(commit) : AfterAsync(stored, () => Stored(commit));

    static async ValueTask AfterAsync(ValueTask fault, Func<ValueTask> commit)
    {
        await fault;
        await commit();
    }
}
