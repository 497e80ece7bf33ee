using System.Diagnostics;

namespace Orkestra.Cli.Running;

/// <summary>Runs a workflow program with the .NET SDK, in a process of its own.</summary>
internal static class ProgramRun
{
    /// <summary>The project file or the C# file that an argument names; null when it names neither.</summary>
    /// <exception cref="ToolException">It names a folder without a project, or with several.</exception>
    internal static string? Find(string named)
    {
        if (!Directory.Exists(named)) return Path.GetExtension(named) is ".csproj" or ".cs" ? named : null;
        return Directory.GetFiles(named, "*.csproj") switch
        {
            [var only] => only,
            [] => throw new ToolException($"There is no project in '{named}'. Name a definition, a project or a C# file."),
            _ => throw new ToolException($"There are several projects in '{named}'. Name one of them."),
        };
    }

    /// <summary>Runs the program until it ends, or until the tool is told to stop.</summary>
    /// <returns>The exit code of the program.</returns>
    /// <exception cref="ToolException">There is no .NET SDK.</exception>
    internal static async Task<int> RunAsync(string program, string? input, bool isWatched, CancellationToken cancellationToken)
    {
        if (!File.Exists(program)) throw new ToolException($"There is no file '{program}'.");
        // The streams of the process are the program's: its output is the output of this command.
        var start = new ProcessStartInfo("dotnet");
        string[] named = program.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? ["--file", program] : ["--project", program];
        string[] arguments = isWatched ? ["watch", "--quiet", "--non-interactive", .. named, "run"] : ["run", .. named];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        start.ArgumentList.Add("--");
        start.ArgumentList.Add("run");
        if (input is not null)
        {
            start.ArgumentList.Add("--input");
            start.ArgumentList.Add(input);
        }

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            throw new ToolException($"'dotnet' cannot be started: {problem.Message} A workflow program needs the .NET SDK.");
        }

        using (process)
        {
            try
            {
                await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return process.ExitCode;
        }
    }
}
