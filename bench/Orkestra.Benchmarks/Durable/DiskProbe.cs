using System.Diagnostics;

namespace Orkestra.Benchmarks.Durable;

/// <summary>What the disk alone takes.</summary>
static class DiskProbe
{
    /// <summary>The median of the milliseconds that appending 4 KB and a sync take.</summary>
    internal static double MedianSync(string folder)
    {
        var path = Path.Combine(folder, "probe");
        var times = new double[500];
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            var page = new byte[4096];
            // Written over, as a log is after its first round.
            for (var i = 0; i < times.Length; i++) RandomAccess.Write(file, page, (long)i * page.Length);
            RandomAccess.FlushToDisk(file);
            for (var i = 0; i < times.Length; i++)
            {
                var before = Stopwatch.GetTimestamp();
                RandomAccess.Write(file, page, (long)i * page.Length);
                RandomAccess.FlushToDisk(file);
                times[i] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
            }
        }

        File.Delete(path);
        Array.Sort(times);
        return times[times.Length / 2];
    }
}
