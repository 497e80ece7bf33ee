namespace Orkestra.Hosting.StepLogs;

/// <summary>
/// Keeps what steps log in memory, for as long as the store itself lives. When all executions together have too much, the lines of those that have not logged for the longest
/// time are dropped. Safe to use from any thread.
/// </summary>
public sealed class InMemoryStepLogStore : IStepLogStore
{
    readonly Lock gate = new();
    readonly Dictionary<string, LinkedListNode<ExecutionLines>> executions = new(StringComparer.Ordinal);

    // Those that logged last are at the end.
    readonly LinkedList<ExecutionLines> order = new();
    readonly StepLogLimits limits;
    readonly long maxTotal;
    long total;

    /// <summary>Creates an empty store.</summary>
    /// <param name="limits">How much is kept of an execution; the defaults of <see cref="StepLogLimits"/> when null.</param>
    /// <param name="maxTotalCharacters">The largest size of all lines, in characters of their texts; 33,554,432 by default.</param>
    public InMemoryStepLogStore(StepLogLimits? limits = null, long maxTotalCharacters = 32 << 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxTotalCharacters);
        this.limits = limits ?? StepLogLimits.Default;
        maxTotal = maxTotalCharacters;
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<StepLogLine> lines, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lines);
        lock (gate)
        {
            foreach (var line in lines) Add(line);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<StepLogPage> ReadAsync(StepLogQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = new List<StepLogLine>();
        lock (gate)
        {
            if (!executions.TryGetValue(query.ExecutionArn, out var node)) return ValueTask.FromResult(new StepLogPage([], 0, IsLast: true));
            var known = node.Value;
            foreach (var line in known.Lines.Skip((int)Math.Clamp(query.After - known.Dropped, 0, known.Lines.Count)))
            {
                if (!query.Matches(line)) continue;
                if (found.Count == query.Limit) return ValueTask.FromResult(new StepLogPage(found, known.Dropped, IsLast: false));
                found.Add(line);
            }

            return ValueTask.FromResult(new StepLogPage(found, known.Dropped, IsLast: true));
        }
    }

    void Add(StepLogLine line)
    {
        if (executions.TryGetValue(line.ExecutionArn, out var node))
        {
            order.Remove(node);
            order.AddLast(node);
        }
        else
        {
            executions[line.ExecutionArn] = node = order.AddLast(new ExecutionLines(line.ExecutionArn));
        }

        var known = node.Value;
        known.Lines.Enqueue(line with { Number = ++known.Last });
        Grow(known, StepLogLimits.SizeOf(line));
        while (known.Lines.Count > 1 && (known.Lines.Count > limits.MaxLines || known.Size > limits.MaxCharacters)) Grow(known, -StepLogLimits.SizeOf(known.Lines.Dequeue()));
        while (total > maxTotal && order.First is { } oldest && oldest != node)
        {
            total -= oldest.Value.Size;
            executions.Remove(oldest.Value.Arn);
            order.RemoveFirst();
        }
    }

    void Grow(ExecutionLines known, long size)
    {
        known.Size += size;
        total += size;
    }

    sealed class ExecutionLines(string arn)
    {
        internal string Arn { get; } = arn;

        internal Queue<StepLogLine> Lines { get; } = new();

        internal long Last { get; set; }

        internal long Size { get; set; }

        internal long Dropped => Last - Lines.Count;
    }
}
