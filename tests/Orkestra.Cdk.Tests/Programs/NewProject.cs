using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Orkestra.Authoring;
using Orkestra.Deployment.Packaging;
using Orkestra.Lambda.Emulator;

namespace Orkestra.Cdk.Tests.Programs;

/// <summary>A console project outside of the repository, made as the README says: <c>dotnet new console</c>, a reference to Orkestra.CommandLine, and its code.</summary>
internal sealed class NewProject
{
    // One folder for all, as projects of one solution share what is built on the way.
    static readonly Lazy<string> Solution = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-new-projects-").FullName;
        File.WriteAllText(Path.Combine(folder, "Mine.slnx"), "<Solution />");
        // The libraries are built anew here, and were analyzed before.
        File.WriteAllText(Path.Combine(folder, "Directory.Build.rsp"), "-p:RunAnalyzers=false");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    readonly string file;
    readonly string assembly;
    Assembly? loaded;

    /// <summary>Makes the project.</summary>
    /// <param name="name">The project's name.</param>
    /// <param name="program">The statement of its Program.cs.</param>
    /// <param name="code">Its workflows.</param>
    /// <param name="assembly">The assembly's name; the project's by default.</param>
    public NewProject(string name, string program, string code, string? assembly = null)
    {
        Name = name;
        this.assembly = assembly ?? name;
        Folder = Directory.CreateDirectory(Path.Combine(Solution.Value, name)).FullName;
        file = Path.Combine(Folder, $"{name}.csproj");
        File.WriteAllText(file, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <AssemblyName>{this.assembly}</AssemblyName>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Path.Combine(Repository.Root, "src", "Orkestra.CommandLine", "Orkestra.CommandLine.csproj")}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(Folder, "Program.cs"), $"using Orkestra.CommandLine;\n\n{program}\n");
        File.WriteAllText(Path.Combine(Folder, "Workflows.cs"), $"using System.Text.Json;\nusing System.Text.Json.Serialization;\nusing Orkestra.Authoring;\n\n{code}\n");
    }

    public string Name { get; }

    public string Folder { get; }

    /// <summary>Whether this machine's processor is arm64.</summary>
    public static bool IsArm => RuntimeInformation.OSArchitecture == Architecture.Arm64;

    /// <summary>Whether every program is published with Native AOT, which takes a minute each.</summary>
    public static bool IsNativeTested => Environment.GetEnvironmentVariable("ORKESTRA_EVERY_NATIVE") == "1";

    /// <summary>Skips a test that publishes programs and starts them, unless it is asked for: each takes minutes.</summary>
    public static void Needed() => Assert.SkipWhen(PublishedFunction.NotAskedReason is not null, PublishedFunction.NotAskedReason ?? "");

    /// <summary>Publishes it as synthesis does; a <see cref="FunctionPackage"/> of the folder finds the same.</summary>
    public PublishedProgram Publish(bool native) => ProjectPublisher.Publish(new PublishRequest(file, "Release", native, IsArm, []));

    /// <summary>Makes a workflow of the published code.</summary>
    public Workflow Workflow(PublishedProgram managed, string name)
    {
        // A context of its own, as several projects may make an assembly of one name; Orkestra is that of the test.
        loaded ??= new AssemblyLoadContext(Name).LoadFromAssemblyPath(Path.Combine(managed.Folder, $"{assembly}.dll"));
        return (Workflow)Activator.CreateInstance(loaded.GetType(name, throwOnError: true)!)!;
    }
}
