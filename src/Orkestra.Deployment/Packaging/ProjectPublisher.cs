using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orkestra.Deployment.Packaging;

/// <summary>Publishes projects with the .NET SDK, each once a process.</summary>
internal static class ProjectPublisher
{
    // Set by `dotnet run` for the SDK it runs in; they would make another SDK look for its parts there.
    static readonly string[] OwnedByCaller = ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly"];

    static readonly Dictionary<string, PublishedProgram> Published = [];

    public static PublishedProgram Publish(PublishRequest request)
    {
        lock (Published)
        {
            if (!Published.TryGetValue(request.Key, out var program)) Published.Add(request.Key, program = Run(request));
            return program;
        }
    }

    static PublishedProgram Run(PublishRequest request)
    {
        // Outputs of its own: the project may be built with other properties at the same time, and the next synth finds what is still up to date.
        var build = Hash(request.BuildKey);
        var artifacts = Path.Combine(Path.GetTempPath(), "orkestra", build);
        using var mutex = new Mutex(false, $"orkestra-publish-{build}");
        Enter(mutex);
        try
        {
            var output = Path.Combine(artifacts, "out", $"{Path.GetFileNameWithoutExtension(request.Project)}-{Hash(request.Key)}");
            if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
            Console.Error.WriteLine($"Publishing {Path.GetFileName(request.Project)} for {(request.NativeAot ? $"{request.RuntimeIdentifier} with Native AOT" : "the managed runtime")}");
            var (name, built) = Dotnet(request, artifacts, output);
            var program = request.NativeAot ? Native(request, output, name) : PublishedProgram.In(output)
                ?? throw new DeploymentException($"The project {request.Project} has no program: it has to be an executable (OutputType Exe) that calls OrkestraLambda.RunAsync.");
            return program with { Title = Path.GetFileNameWithoutExtension(request.Project), ManagedMain = Path.Combine(built, name + ".dll") };
        }
        finally
        {
            mutex.ReleaseMutex();
        }
    }

    static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16];

    static void Enter(Mutex mutex)
    {
        try
        {
            mutex.WaitOne();
        }
        catch (AbandonedMutexException)
        {
            // Another synth was killed while publishing; the mutex is ours now.
        }
    }

    /// <summary>Runs <c>dotnet publish</c> and gives the assembly's name and the folder it was built to.</summary>
    static (string Name, string Built) Dotnet(PublishRequest request, string artifacts, string output)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(request.Project)!,
        };
        foreach (var argument in Arguments(request, artifacts, output)) start.ArgumentList.Add(argument);
        foreach (var variable in OwnedByCaller) start.Environment.Remove(variable);
        start.Environment["DOTNET_NOLOGO"] = "1";
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var text = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? Properties(text) : throw new DeploymentException(
                $"Publishing {request.Project} failed, so its functions cannot be packaged: {PublishProblem.Of(request, text + errors.Result, RuntimeInformation.OSArchitecture)}. Run 'dotnet {string.Join(' ', start.ArgumentList)}' to see all of it.");
        }
        catch (Win32Exception exception)
        {
            throw new DeploymentException($"The .NET SDK is needed to publish {request.Project}, but '{start.FileName}' could not be started: install it, or give a published folder.", exception);
        }
    }

    static (string Name, string Built) Properties(string text)
    {
        using var json = JsonDocument.Parse(text);
        var properties = json.RootElement.GetProperty("Properties");
        return (properties.GetProperty("AssemblyName").GetString()!, properties.GetProperty("TargetDir").GetString()!);
    }

    static IEnumerable<string> Arguments(PublishRequest request, string artifacts, string output)
    {
        string[] always =
        [
            "publish", request.Project, "--configuration", request.Configuration, "--artifacts-path", artifacts, "--output", output,
            "-p:OrkestraLambda=true", "-p:PublishDocumentationFiles=false", "-getProperty:AssemblyName,TargetDir",
        ];
        // Lambda's own `dotnet` starts a managed program, which then needs no executable of any one processor.
        string[] form = request.NativeAot
            ? ["--runtime", request.RuntimeIdentifier, "-p:PublishAot=true"]
            : ["--self-contained", "false", "-p:UseAppHost=false", "-p:PublishAot=false"];
        return [.. always, .. form, .. request.Arguments];
    }

    static PublishedProgram Native(PublishRequest request, string output, string name)
    {
        var executable = Path.Combine(output, name);
        if (!File.Exists(executable))
            throw new DeploymentException($"Publishing {request.Project} gave no executable '{name}': Native AOT for Lambda has to be published on Linux.");
        var folder = Path.Combine(output, "native");
        Directory.CreateDirectory(folder);
        File.Move(executable, Path.Combine(folder, PublishedProgram.Bootstrap));
        return new(folder, null);
    }
}
