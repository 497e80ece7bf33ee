using System.ComponentModel;
using System.Text.Json;
using Orkestra.Cli.Running;

namespace Orkestra.Cli.Deploying;

/// <summary>Builds a workflow program, or finds what was built last, and asks it.</summary>
internal static class BuiltProgram
{
    const string RuntimeConfig = ".runtimeconfig.json";

    /// <summary>Builds a project.</summary>
    /// <returns>The path of its assembly.</returns>
    /// <exception cref="ToolException">It cannot be built.</exception>
    public static async Task<string> BuildAsync(string project, CancellationToken cancellationToken)
    {
        var (code, output, error) = await RunAsync(["msbuild", project, "-restore", "-t:Build", "-nologo", "-v:q", "-getProperty:TargetPath,OutputType"], cancellationToken).ConfigureAwait(false);
        if (code != 0)
        {
            var problem = $"{output}\n{error}".Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)) ?? "it says no reason";
            throw new ToolException($"'{project}' cannot be built: {problem.TrimEnd('.')}. Run 'dotnet build {project}' to see all of it.", ToolExitCode.Failure);
        }

        using var json = JsonDocument.Parse(output);
        var properties = json.RootElement.GetProperty("Properties");
        return properties.GetProperty("OutputType").GetString() == "Exe" ? properties.GetProperty("TargetPath").GetString()! : throw new ToolException(
            $"'{project}' is a library. Name the project of the program that runs the workflows (OutputType Exe, with OrkestraHost.RunAsync in its Program.cs).");
    }

    /// <summary>The assembly of a project as it was built last: below its folder, or in the artifacts folder of its solution.</summary>
    /// <exception cref="ToolException">It was not built.</exception>
    public static string Find(string project)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(project))!;
        var places = new List<string> { Path.Combine(folder, "bin") };
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above)) places.Add(Path.Combine(above, "artifacts", "bin", Path.GetFileNameWithoutExtension(project)));
        return places.Where(Directory.Exists).SelectMany(place => Directory.EnumerateFiles(place, "*" + RuntimeConfig, SearchOption.AllDirectories))
            .Select(settings => settings[..^RuntimeConfig.Length] + ".dll").Where(File.Exists)
            .MaxBy(File.GetLastWriteTimeUtc) ?? throw new ToolException($"'{project}' has not been built: leave out --no-build, or run 'dotnet build {project}'.");
    }

    /// <summary>What a program says of its workflows.</summary>
    /// <param name="assembly">The program.</param>
    /// <param name="workflow">The one workflow that is wanted; null for all.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <exception cref="ToolException">It says nothing.</exception>
    public static async Task<string> DescribeAsync(string assembly, string? workflow, CancellationToken cancellationToken)
    {
        string[] chosen = workflow is null ? [] : ["--workflow", workflow];
        var (code, output, error) = await RunAsync(["exec", assembly, "describe", .. chosen], cancellationToken).ConfigureAwait(false);
        if (code == 0) return output;
        var reason = $"{error}\n{output}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? $"it ended with {code} and said nothing";
        throw new ToolException($"The program {Path.GetFileName(assembly)} does not describe its workflows: {reason}", ToolExitCode.Failure);
    }

    static async Task<(int Code, string Output, string Error)> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await CapturedProcess.RunAsync(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments, cancellationToken).ConfigureAwait(false);
        }
        catch (Win32Exception problem)
        {
            throw new ToolException($"'dotnet' cannot be started: {problem.Message} A workflow program needs the .NET SDK.");
        }
    }
}
