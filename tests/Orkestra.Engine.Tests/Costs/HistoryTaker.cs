using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Costs;

/// <summary>A store that takes histories and forgets them; it counts what it is given.</summary>
sealed class HistoryTaker : IExecutionStore
{
    public bool KeepsHistory => true;

    /// <summary>How many events of the history came.</summary>
    public int Taken { get; private set; }

    /// <summary>The most events of the history that came at once: so many had to be held.</summary>
    public int MostHeld { get; private set; }

    public ValueTask AppendAsync(string executionArn, ReadOnlyMemory<ExecutionEvent> events, HistorySlice history, ExecutionStatus status)
    {
        Taken += history.Count;
        MostHeld = Math.Max(MostHeld, history.Count);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ExecutionEvent>> ReadAsync(string executionArn) => new([]);

    public ValueTask<IReadOnlyList<string>> ListRunningAsync() => new([]);
}
