using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Engine.Tests.Costs;

/// <summary>A store that takes histories and forgets them; it counts what it is given.</summary>
sealed class HistoryTaker : IExecutionStore
{
    public bool KeepsHistory => true;

    /// <summary>How many events of the history came.</summary>
    public int Taken { get; private set; }

    /// <summary>The most events of the history that came at once: so many had to be held.</summary>
    public int MostHeld { get; private set; }

    public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken) => AppendAsync(commit, cancellationToken);

    public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        Taken += commit.History.Count;
        MostHeld = Math.Max(MostHeld, commit.History.Count);
        return ValueTask.CompletedTask;
    }

    public ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) => new((ExecutionRecord?)null);

    public ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken) => new([]);

    public ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) => new([]);

    public ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken) => new(new ExecutionPage([], null));

    public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken) => new((StateMachineRevision?)null);

    public ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken) => new((string?)null);

    public ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) => new([]);
}
