using System.Buffers;
using System.Collections.Concurrent;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Engine.Tests.Resuming;

/// <summary>Keeps signals as bytes, in the order in which they came, those of children among those of their parents.</summary>
sealed class ByteStore : IExecutionStore
{
    // Definitions by their hash, whatever store was asked to keep them.
    static readonly ConcurrentDictionary<string, StateMachineRevision> Revisions = new(StringComparer.Ordinal);

    readonly Lock gate = new();
    readonly List<KeptSignal> all = [];
    readonly Dictionary<string, List<KeptSignal>> byArn = new(StringComparer.Ordinal);

    public ByteStore()
    {
    }

    /// <summary>A store that was there before.</summary>
    public ByteStore(IEnumerable<KeptSignal> kept)
    {
        foreach (var signal in kept) Add(signal);
    }

    public bool KeepsHistory => false;

    public IReadOnlyList<KeptSignal> All
    {
        get
        {
            lock (gate) return [.. all];
        }
    }

    public KeptSignal? Find(string arn, int index)
    {
        lock (gate) return byArn.TryGetValue(arn, out var signals) && index < signals.Count ? signals[index] : null;
    }

    public ValueTask CreateAsync(ExecutionCommit commit, CancellationToken cancellationToken) => AppendAsync(commit, cancellationToken);

    public ValueTask AppendAsync(ExecutionCommit commit, CancellationToken cancellationToken)
    {
        var arn = commit.Execution.Arn;
        lock (gate)
        {
            foreach (var signal in commit.Signals.Span)
            {
                // What is compared are the signals of an execution that was never interrupted.
                if (signal.Kind == ExecutionSignalKind.Resumed) continue;
                var bytes = new ArrayBufferWriter<byte>();
                signal.Write(bytes);
                Add(new KeptSignal(arn, byArn.TryGetValue(arn, out var before) ? before.Count : 0, bytes.WrittenSpan.ToArray()));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ExecutionSignal>> ReadSignalsAsync(string executionArn, CancellationToken cancellationToken) => new(Read(executionArn));

    public IReadOnlyList<ExecutionSignal> Read(string executionArn)
    {
        lock (gate) return byArn.TryGetValue(executionArn, out var signals) ? [.. signals.Select(signal => signal.Read())] : [];
    }

    public ValueTask<ExecutionRecord?> FindAsync(string executionArn, CancellationToken cancellationToken) => new((ExecutionRecord?)null);

    public ValueTask<IReadOnlyList<HistoryEvent>> ReadHistoryAsync(string executionArn, HistoryRange range, CancellationToken cancellationToken) => new([]);

    // Which executions ended is not known of a prefix: all of them are found.
    public ValueTask<ExecutionPage> QueryAsync(ExecutionQuery query, CancellationToken cancellationToken)
    {
        lock (gate) return new(new ExecutionPage([.. byArn.Keys.Select(arn => RecordOf(arn, byArn[arn][0].Read().Start!)).Where(record => query.Matches(record))], null));
    }

    public ValueTask SaveRevisionAsync(StateMachineRevision revision, CancellationToken cancellationToken)
    {
        Revisions[revision.Hash] = revision;
        return ValueTask.CompletedTask;
    }

    public ValueTask<StateMachineRevision?> FindRevisionAsync(string definitionHash, CancellationToken cancellationToken) => new(Revisions.GetValueOrDefault(definitionHash));

    public ValueTask<string?> FindTokenOwnerAsync(string taskToken, CancellationToken cancellationToken) => new((string?)null);

    public ValueTask<IReadOnlyList<ExecutionRecord>> ReadDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken) => new([]);

    static ExecutionRecord RecordOf(string arn, ExecutionStart start) => new()
    {
        Arn = arn,
        Name = start.ResolveName(),
        StateMachineArn = start.Machine.StateMachineArn,
        Type = start.Type,
        Status = ExecutionStatus.Running,
        StartTime = default,
        DefinitionHash = start.DefinitionHash!,
        Sequence = 0,
        HistoryCount = 0,
        Parent = start.Parent,
        Input = start.Input,
    };

    void Add(KeptSignal signal)
    {
        all.Add(signal);
        if (!byArn.TryGetValue(signal.Arn, out var signals)) byArn.Add(signal.Arn, signals = []);
        signals.Add(signal);
    }
}
