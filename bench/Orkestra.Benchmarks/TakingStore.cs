using System.Buffers;
using Orkestra.Engine;
using Orkestra.Hosting;

namespace Orkestra.Benchmarks;

/// <summary>Takes events and histories as a store on a disk would, written as bytes, and forgets them.</summary>
sealed class TakingStore : IExecutionStore
{
    readonly ArrayBufferWriter<byte> buffer = new();

    public bool KeepsHistory => true;

    /// <summary>How many bytes were taken.</summary>
    internal long Bytes { get; private set; }

    public ValueTask AppendAsync(string executionArn, ReadOnlyMemory<ExecutionEvent> events, HistorySlice history, ExecutionStatus status)
    {
        foreach (var happened in events.Span)
        {
            buffer.ResetWrittenCount();
            happened.Write(buffer);
            Bytes += buffer.WrittenCount;
        }

        foreach (var happened in history) Bytes += happened.Id;
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ExecutionEvent>> ReadAsync(string executionArn) => new([]);

    public ValueTask<IReadOnlyList<string>> ListRunningAsync() => new([]);
}
