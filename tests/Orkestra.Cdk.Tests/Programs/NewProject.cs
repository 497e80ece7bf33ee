using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Orkestra.Authoring;
using Orkestra.Cdk.Packaging;
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
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    readonly string file;

    public NewProject(string name, string program, string code)
    {
        Name = name;
        Folder = Directory.CreateDirectory(Path.Combine(Solution.Value, name)).FullName;
        file = Path.Combine(Folder, $"{name}.csproj");
        File.WriteAllText(file, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{Path.Combine(Repository.Root, "src", "Orkestra.CommandLine", "Orkestra.CommandLine.csproj")}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(Folder, "Program.cs"), $"using Orkestra.CommandLine;\n\n{program}\n");
        Write(code);
    }

    public string Name { get; }

    public string Folder { get; }

    public static Architecture Here => RuntimeInformation.OSArchitecture;

    /// <summary>Writes the workflows anew.</summary>
    public void Write(string code) => File.WriteAllText(Path.Combine(Folder, "Workflows.cs"), $"using System.Text.Json;\nusing System.Text.Json.Serialization;\nusing Orkestra.Authoring;\n\n{code}\n");

    /// <summary>Publishes it as synthesis does; a <see cref="FunctionPackage"/> of the folder finds the same.</summary>
    public PublishedProgram Publish(bool native) => ProjectPublisher.Publish(new PublishRequest(file, "Release", native, Here == Architecture.Arm64, []));

    /// <summary>Makes a workflow of the published code.</summary>
    public Workflow Workflow(PublishedProgram managed, string name)
    {
        var assembly = AssemblyLoadContext.Default.Assemblies.FirstOrDefault(loaded => loaded.GetName().Name == Name) ?? Assembly.LoadFrom(Path.Combine(managed.Folder, $"{Name}.dll"));
        return (Workflow)Activator.CreateInstance(assembly.GetType(name, throwOnError: true)!)!;
    }
}
