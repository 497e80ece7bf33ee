using System.Buffers;
using System.Text;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Engine.Tests.Recorded;

/// <summary>Keeps executions in memory, and remembers what was written as text.</summary>
sealed class RecordingStore : IExecutionStore
{
    readonly InMemoryExecutionStore inner = new();
    readonly Lock gate = new();
    readonly List<Written> executions = [];

    public bool KeepsHistory => false;

    /// <summary>What was written, in the order in which the executions were started.</summary>
    public IReadOnlyList<Written> Executions
    {
        get
        {
            lock (gate) return [.. executions];
        }
    }

    /// <summary>Waits until a signal of a kind was stored.</summary>
    public async Task WhenStoredAsync(ExecutionSignalKind kind, int times = 1)
    {
        for (var tries = 0; tries < 6_000; tries++)
        {
            lock (gate)
            {
                if (executions.Sum(execution => execution.Kinds.Count(stored => stored == kind)) >= times) return;
            }

            await Task.Delay(5);
        }

        throw new TimeoutException($"No '{kind}' is stored.");
    }

    public async ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        await inner.CreateAsync(commit, cancellationToken);
        Note(commit);
    }

    public async ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        await inner.AppendAsync(commit, cancellationToken);
        Note(commit);
    }

    public ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) => inner.FindAsync(executionArn, cancellationToken);

    public ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken) => inner.ReadSignalsAsync(executionArn, cancellationToken);

    public ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) =>
        inner.ReadHistoryAsync(executionArn, range, cancellationToken);

    public ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken) => inner.QueryAsync(query, cancellationToken);

    public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken) => inner.SaveRevisionAsync(revision, cancellationToken);

    public ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken) => inner.FindRevisionAsync(definitionHash, cancellationToken);

    public ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken) => inner.FindTokenOwnerAsync(taskToken, cancellationToken);

    public ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) => inner.ReadDueAsync(until, limit, cancellationToken);

    void Note(ExecutionCommit commit)
    {
        lock (gate)
        {
            var written = executions.Find(execution => execution.Arn == commit.Execution.Arn);
            if (written is null) executions.Add(written = new Written(commit.Execution.Arn));
            foreach (var signal in commit.Signals.Span)
            {
                var bytes = new ArrayBufferWriter<byte>();
                signal.Write(bytes);
                written.Kinds.Add(signal.Kind);
                written.Signals.Add(Encoding.UTF8.GetString(bytes.WrittenSpan));
            }

            foreach (var happened in commit.History) written.History.Add(happened.ToJson().ToJson());
        }
    }

    /// <summary>What was written for one execution.</summary>
    public sealed record Written(string Arn)
    {
        public List<ExecutionSignalKind> Kinds { get; } = [];

        public List<string> Signals { get; } = [];

        public List<string> History { get; } = [];
    }
}
