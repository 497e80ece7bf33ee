using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Orkestra.Deployment.Packaging;

/// <summary>Starts a published program and lets it say what functions it holds.</summary>
internal static class ProgramStart
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    static readonly Dictionary<string, ProgramManifest> Manifests = [];

    /// <summary>The manifest of a program; null for an executable that cannot be started on this machine and has no manifest beside it.</summary>
    /// <exception cref="DeploymentException">The program does not start, or does not say what it holds.</exception>
    public static ProgramManifest? ManifestOf(PublishedProgram program)
    {
        lock (Manifests)
        {
            if (Manifests.TryGetValue(program.Folder, out var known)) return known;
            if (Text(program) is not { } text) return null;
            return Manifests[program.Folder] = ProgramManifest.Read(program.Title, text);
        }
    }

    static byte[]? Text(PublishedProgram program)
    {
        var given = Path.Combine(program.Folder, ProgramManifest.FileName);
        if (File.Exists(given)) return File.ReadAllBytes(given);
        var work = Directory.CreateTempSubdirectory("orkestra-manifest-").FullName;
        try
        {
            if (Command(program, work) is not { } command) return null;
            var file = Path.Combine(work, ProgramManifest.FileName);
            var said = Run(program, command, file);
            return File.Exists(file) ? File.ReadAllBytes(file) : throw new DeploymentException(
                $"The program {program.Title} does not say what functions it holds; it {said}. Its Program.cs has to await OrkestraHost.RunAsync or OrkestraLambda.RunAsync, and everything it does before has to work "
                + "where it is deployed from too. Set CheckFunctions = false on the FunctionPackage to deploy it unchecked.");
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    static string[]? Command(PublishedProgram program, string work)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        if (program.AssemblyName is { } name) return [dotnet, Path.Combine(program.Folder, name + ".dll")];
        if (program.RunsHere) return [Path.Combine(program.Folder, PublishedProgram.Bootstrap)];
        if (program.ManagedMain is not { } main) return null;
        // What the executable was compiled from: with its switches, on this machine's runtime instead of one of its own.
        var settings = Path.Combine(work, "runtimeconfig.json");
        var config = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(main, ".runtimeconfig.json")))!;
        var options = config["runtimeOptions"]!.AsObject();
        options.Remove("includedFrameworks");
        options["framework"] = new JsonObject { ["name"] = "Microsoft.NETCore.App", ["version"] = $"{Environment.Version.Major}.0.0" };
        options["rollForward"] = "LatestMajor";
        File.WriteAllText(settings, config.ToJsonString());
        return [dotnet, "exec", "--runtimeconfig", settings, main];
    }

    // What the process did, for a message.
    static string Run(PublishedProgram program, string[] command, string file)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = program.Folder,
        };
        start.Environment["ORKESTRA_MANIFEST"] = file;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEndAsync();
            if (!process.WaitForExit(Longest))
            {
                process.Kill(entireProcessTree: true);
                return $"did not end within {Longest.TotalMinutes:0} minutes";
            }

            process.WaitForExit();
            var lines = $"{errors.Result}\n{output.Result}".Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return $"ended with exit code {process.ExitCode} and said '{lines.FirstOrDefault() ?? ""}'";
        }
        catch (Win32Exception exception)
        {
            return $"could not be started ({exception.Message})";
        }
    }
}
