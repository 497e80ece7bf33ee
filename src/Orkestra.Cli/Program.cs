using System.Reflection;
using System.Runtime.CompilerServices;

namespace Orkestra.Cli;

internal static class Program
{
    // The version is told without loading what reads command lines.
    static Task<int> Main(string[] args)
    {
        if (args is not ["--version"]) return RunAsync(args);
        Console.Out.WriteLine(Version);
        return Task.FromResult(ToolExitCode.Success);
    }

    internal static string Version => typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    [MethodImpl(MethodImplOptions.NoInlining)]
    static Task<int> RunAsync(string[] args) => OrkestraTool.RunAsync(args);
}
