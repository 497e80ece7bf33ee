namespace Orkestra.Engine.Nodes;

/// <summary>A retrier: the n-th retry waits IntervalSeconds × BackoffRate^n, at most MaxDelaySeconds, all of it or (jitter FULL) a random part.</summary>
internal sealed class RetrierNode
{
    internal required ErrorMatcher Errors { get; init; }

    internal int MaxAttempts { get; init; } = 3;

    internal double IntervalSeconds { get; init; } = 1;

    internal double BackoffRate { get; init; } = 2;

    internal double MaxDelaySeconds { get; init; } = double.PositiveInfinity;

    internal bool HasFullJitter { get; init; }

    internal long DelayTicks(int used, ref SeededRandom random)
    {
        var seconds = Math.Min(IntervalSeconds * Math.Pow(BackoffRate, used), MaxDelaySeconds);
        if (HasFullJitter) seconds *= random.NextDouble();
        // Longer than any execution may last is long enough.
        return (long)(Math.Min(seconds, int.MaxValue) * TimeSpan.TicksPerSecond);
    }
}
