using System.Diagnostics;

namespace Orkestra.Analyzers.Benchmarks;

/// <summary>A compiler server (VBCSCompiler) of this process's own. The first build that names it starts it.</summary>
internal sealed class CompilerServer
{
    Process? process;

    /// <summary>The value of the property <c>SharedCompilationId</c>, which is the name of the server's pipe.</summary>
    public string Name { get; } = $"orkestra-{Guid.NewGuid():N}";

    /// <summary>The processor time it has used since it was started.</summary>
    public TimeSpan Processor => Find() is { } server ? server.TotalProcessorTime : TimeSpan.Zero;

    public void Stop() => Find()?.Kill();

    Process? Find()
    {
        if (process is not null || !OperatingSystem.IsLinux()) return process;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(static folder => int.TryParse(Path.GetFileName(folder), out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "cmdline")).Contains($"-pipename:{Name}", StringComparison.Ordinal))
                    return process = Process.GetProcessById(int.Parse(Path.GetFileName(folder), System.Globalization.CultureInfo.InvariantCulture));
            }
            catch (IOException)
            {
                // It has ended since.
            }
        }

        return null;
    }
}
