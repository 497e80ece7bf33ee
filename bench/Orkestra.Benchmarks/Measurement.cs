using System.Diagnostics;

namespace Orkestra.Benchmarks;

/// <summary>How often a job runs in a second (the median of five rounds, warm) and what it allocates.</summary>
readonly record struct Measurement(double PerSecond, double AllocatedBytes)
{
    const int Rounds = 5;

    internal static Measurement Of(Action job, TimeSpan warm, TimeSpan round)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < warm;) job();
        var rates = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var count = 0;
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < round || count < 2)
            {
                job();
                count++;
            }

            rates[i] = count / clock.Elapsed.TotalSeconds;
        }

        Array.Sort(rates);
        const int Counted = 100;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Counted; i++) job();
        return new Measurement(rates[Rounds / 2], (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Counted);
    }
}
