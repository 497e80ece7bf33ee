using System.Buffers;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Benchmarks;

/// <summary>Takes signals and histories as a store on a disk would, written as bytes, and forgets them.</summary>
sealed class TakingStore : IExecutionStore
{
    readonly ArrayBufferWriter<byte> buffer = new();

    public bool KeepsHistory => true;

    /// <summary>How many bytes were taken.</summary>
    internal long Bytes { get; private set; }

    public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken) => AppendAsync(commit, cancellationToken);

    public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        foreach (var signal in commit.Signals.Span)
        {
            buffer.ResetWrittenCount();
            signal.Write(buffer);
            Bytes += buffer.WrittenCount;
        }

        foreach (var historyEvent in commit.History) Bytes += historyEvent.Id;
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
