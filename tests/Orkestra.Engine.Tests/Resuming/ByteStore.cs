using System.Buffers;
using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Resuming;

/// <summary>Keeps events as bytes, in the order in which they came, those of children among those of their parents.</summary>
sealed class ByteStore : IExecutionStore
{
    readonly Lock gate = new();
    readonly List<KeptEvent> all = [];
    readonly Dictionary<string, List<KeptEvent>> byArn = new(StringComparer.Ordinal);

    public ByteStore()
    {
    }

    /// <summary>A store that was there before.</summary>
    public ByteStore(IEnumerable<KeptEvent> kept)
    {
        foreach (var happened in kept) Add(happened);
    }

    public bool KeepsHistory => false;

    public IReadOnlyList<KeptEvent> All
    {
        get
        {
            lock (gate) return [.. all];
        }
    }

    public KeptEvent? Find(string arn, int index)
    {
        lock (gate) return byArn.TryGetValue(arn, out var events) && index < events.Count ? events[index] : null;
    }

    public ValueTask AppendAsync(string executionArn, ReadOnlyMemory<ExecutionEvent> events, HistorySlice history, ExecutionStatus status)
    {
        lock (gate)
        {
            foreach (var happened in events.Span)
            {
                var bytes = new ArrayBufferWriter<byte>();
                happened.Write(bytes);
                Add(new KeptEvent(executionArn, byArn.TryGetValue(executionArn, out var before) ? before.Count : 0, bytes.WrittenSpan.ToArray()));
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ExecutionEvent>> ReadAsync(string executionArn)
    {
        lock (gate) return new(byArn.TryGetValue(executionArn, out var events) ? [.. events.Select(happened => happened.Read())] : []);
    }

    public ValueTask<IReadOnlyList<string>> ListRunningAsync() => throw new NotSupportedException();

    void Add(KeptEvent happened)
    {
        all.Add(happened);
        if (!byArn.TryGetValue(happened.Arn, out var events)) byArn.Add(happened.Arn, events = []);
        events.Add(happened);
    }
}
