using System.Diagnostics;
using System.Numerics;

namespace Orkestra.Benchmarks;

/// <summary>Counts how long executions took, in steps of 3 %: millions of them take no memory of their own.</summary>
sealed class Latencies
{
    const int StepBits = 5;
    readonly long[] counts = new long[64 << StepBits];

    internal long Count { get; private set; }

    internal void Add(long ticks)
    {
        Count++;
        counts[IndexOf((ulong)Math.Max(ticks, 1))]++;
    }

    /// <summary>The latency in milliseconds that a share of the executions stays below.</summary>
    internal double Milliseconds(double share)
    {
        var left = (long)(Count * share);
        for (var i = 0; i < counts.Length; i++)
        {
            left -= counts[i];
            if (left < 0) return ValueOf(i) * 1000.0 / Stopwatch.Frequency;
        }

        return 0;
    }

    static int IndexOf(ulong ticks)
    {
        var shift = Math.Max(0, BitOperations.Log2(ticks) - StepBits);
        return (shift << StepBits) + (int)(ticks >> shift);
    }

    static double ValueOf(int index)
    {
        var shift = Math.Max(0, (index >> StepBits) - 1);
        return (double)(index - (shift << StepBits)) * (1L << shift);
    }
}
