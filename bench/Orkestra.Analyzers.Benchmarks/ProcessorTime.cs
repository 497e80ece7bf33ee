using System.Runtime.InteropServices;

namespace Orkestra.Analyzers.Benchmarks;

/// <summary>The processor time of all processes this one has started and waited for, with theirs. It does not depend on what else the machine does.</summary>
internal static partial class ProcessorTime
{
    const int children = -1;

    public static TimeSpan OfChildren()
    {
        if (!OperatingSystem.IsLinux()) return TimeSpan.Zero;

        // struct rusage begins with the user's and the system's time, each in seconds and microseconds.
        Span<long> usage = stackalloc long[18];
        if (GetUsage(children, ref MemoryMarshal.GetReference(usage)) != 0) throw new InvalidOperationException("getrusage failed.");
        return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]);
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, ref long usage);
}
