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

    /// <summary>Why tests that take minutes to publish programs are skipped; null when they are asked for.</summary>
    public static string? NotAskedReason { get; } =
        Environment.GetEnvironmentVariable("ORKESTRA_PROGRAMS") == "1" ? null : "Set ORKESTRA_PROGRAMS=1 to publish programs and start their functions.";

    /// <summary>Why Native AOT cannot be published here; null when it can.</summary>
    public static string? NoNativeReason { get; } =
        !OperatingSystem.IsLinux() ? "Native AOT for Lambda is published on Linux."
        : !OnPath("clang") && !OnPath("gcc") ? "Native AOT needs clang or gcc to link."
        : null;

    /// <summary>Why Native AOT cannot be published here for the other processor than this machine's; null when it can.</summary>
    public static string? NoCrossReason { get; } =
        NoNativeReason
        ?? (!OnPath("clang") ? "Native AOT for another processor needs clang to link."
        : !OnPath($"{OtherTools}-gcc") ? $"Native AOT for another processor needs its tools: apt install gcc-{OtherTools.Replace('_', '-')} and its libc."
        : null);

    /// <summary>The command that runs a program for the other processor than this machine's; null when there is none.</summary>
    public static string[]? Interpreter { get; } =
        OnPath($"qemu-{OtherTools.Split('-')[0]}-static") ? [$"qemu-{OtherTools.Split('-')[0]}-static", "-L", $"/usr/{OtherTools}"] : null;

    static bool IsArm => RuntimeInformation.OSArchitecture == Architecture.Arm64;

    static string OtherTools => IsArm ? "x86_64-linux-gnu" : "aarch64-linux-gnu";

    /// <summary>Publishes a project of the repository; the second time only what changed.</summary>
    /// <param name="project">The project's folder.</param>
    /// <param name="native">Whether with Native AOT.</param>
    /// <param name="across">Whether for the other processor than this machine's.</param>
    public static async Task<PublishedFunction> PublishAsync(string project, bool native, bool across = false)
    {
        var name = Path.GetFileName(project);
        var kind = native ? across ? "across" : "native" : "managed";
        var artifacts = Path.Combine(Repository.Root, "artifacts", "lambda", $"{name}-{kind}");
        var folder = Path.Combine(artifacts, "out");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        string[] form = native
            ? ["--runtime", IsArm == across ? "linux-x64" : "linux-arm64", "-p:PublishAot=true"]
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
