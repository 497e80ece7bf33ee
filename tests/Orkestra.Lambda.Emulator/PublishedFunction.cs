using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orkestra.Lambda.Emulator;

/// <summary>A program published as it is for Lambda.</summary>
/// <param name="Folder">What would be deployed.</param>
/// <param name="Name">The program's name.</param>
/// <param name="IsNative">Whether it is Native AOT.</param>
/// <param name="Log">What the SDK said.</param>
public sealed record PublishedFunction(string Folder, string Name, bool IsNative, string Log)
{
    /// <summary>The file that is started.</summary>
    public string Program => Path.Combine(Folder, IsNative ? Name : Name + ".dll");

    /// <summary>Why Native AOT cannot be published here; null when it can.</summary>
    public static string? NoNativeReason { get; } =
        !OperatingSystem.IsLinux() ? "Native AOT for Lambda is published on Linux."
        : !OnPath("clang") && !OnPath("gcc") ? "Native AOT needs clang or gcc to link."
        : null;

    /// <summary>Publishes a project of the repository; the second time only what changed.</summary>
    public static async Task<PublishedFunction> PublishAsync(string project, bool native)
    {
        var name = Path.GetFileName(project);
        var kind = native ? "native" : "managed";
        var artifacts = Path.Combine(Repository.Root, "artifacts", "lambda", $"{name}-{kind}");
        var folder = Path.Combine(artifacts, "out");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        string[] form = native
            ? ["--runtime", RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "-p:PublishAot=true"]
            : ["--self-contained", "false", "-p:UseAppHost=false", "-p:PublishAot=false"];
        var start = new ProcessStartInfo("dotnet", ["publish", Path.Combine(Repository.Root, project), "--configuration", "Release", "--artifacts-path", artifacts, "--output", folder, "-p:OrkestraLambda=true", .. form])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A test runner's own MSBuild settings are not this publish's.
        foreach (var variable in start.Environment.Keys.Where(key => key.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(variable);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var log = await process.StandardOutput.ReadToEndAsync() + await errors;
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? new(folder, name, native, log) : throw new InvalidOperationException($"Publishing {project} failed:\n{log}");
    }

    static bool OnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
