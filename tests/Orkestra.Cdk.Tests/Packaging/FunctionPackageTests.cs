using System.Runtime.InteropServices;
using Amazon.CDK;
using Orkestra.Cdk.Packaging;
using Orkestra.Deployment.Packaging;
using Shouldly;

namespace Orkestra.Cdk.Tests.Packaging;

public class FunctionPackageTests : CdkTest
{
    [Fact]
    public void A_missing_project_is_one_sentence() =>
        Refusal(new FunctionPackage("../NoSuchProject")).ShouldMatch(
            "^There is no project or published folder '../NoSuchProject' \\(looked for .*/tests/Orkestra.Cdk.Tests/NoSuchProject and .*/NoSuchProject\\): name one that exists.$");

    [Fact]
    public void A_folder_with_nothing_is_one_sentence()
    {
        var folder = TemporaryFolder("empty");
        Refusal(new FunctionPackage(folder)).ShouldBe($"The folder {folder} holds neither a project nor a published program: name a project, or run 'dotnet publish' into it first.");
    }

    [Fact]
    public void A_folder_with_several_projects_is_one_sentence()
    {
        var folder = TemporaryFolder("several");
        File.WriteAllText(Path.Combine(folder, "A.csproj"), "<Project/>");
        File.WriteAllText(Path.Combine(folder, "B.fsproj"), "<Project/>");
        Refusal(new FunctionPackage(folder)).ShouldBe($"The folder {folder} holds 2 projects: name the one that calls OrkestraLambda.RunAsync.");
    }

    [Fact]
    public void A_folder_with_several_programs_is_one_sentence()
    {
        var folder = TemporaryFolder("programs");
        File.WriteAllText(Path.Combine(folder, "A.runtimeconfig.json"), "{}");
        File.WriteAllText(Path.Combine(folder, "B.runtimeconfig.json"), "{}");
        Refusal(new FunctionPackage(folder)).ShouldBe($"The folder {folder} holds several programs, A, B: publish one to a folder of its own.");
    }

    [Fact]
    public void A_file_that_is_no_project_is_one_sentence()
    {
        var file = Path.Combine(TemporaryFolder("file"), "notes.txt");
        File.WriteAllText(file, "");
        Refusal(new FunctionPackage(file)).ShouldBe($"The file {file} is not a project: name a project file, or a folder.");
    }

    [Fact]
    public void A_project_that_does_not_build_is_one_sentence()
    {
        var folder = TemporaryFolder("broken");
        File.WriteAllText(Path.Combine(folder, "Broken.csproj"), "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework><OutputType>Exe</OutputType></PropertyGroup></Project>");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), "return nothing;");
        var sentence = Refusal(new FunctionPackage(folder));
        sentence.ShouldStartWith($"Publishing {Path.Combine(folder, "Broken.csproj")} failed, so its functions cannot be packaged: ");
        sentence.ShouldContain("CS0103");
    }

    [Theory]
    [InlineData(true, Architecture.X64, "linux-arm64 could not be linked on this x64 machine, which takes clang and the tools for the other processor (gcc-aarch64-linux-gnu and libc6-dev-arm64-cross on")]
    [InlineData(false, Architecture.Arm64, "linux-x64 could not be linked on this arm64 machine, which takes clang and the tools for the other processor (gcc-x86-64-linux-gnu and libc6-dev-amd64-cross on")]
    [InlineData(true, Architecture.Arm64, "clang : error : linker command failed")]
    public void Native_aot_for_another_processor_without_its_tools_is_one_sentence(bool arm, Architecture machine, string said)
    {
        const string log = """
            /usr/bin/ld.bfd: unrecognised emulation mode: aarch64linux
            clang : error : linker command failed with exit code 1 (use -v to see invocation) [/src/A.csproj]
            /packages/microsoft.dotnet.ilcompiler/build/Microsoft.NETCore.Native.targets(389,5): error MSB3073: The command "clang" exited with code 1. [/src/A.csproj]
            """;
        PublishProblem.Of(new PublishRequest("/src/A.csproj", "Release", NativeAot: true, arm, []), log, machine).ShouldContain(said);
    }

    // Builds with ContinuousIntegrationBuild write the root of the repository as /_/.
    [Theory]
    [InlineData("/_/")]
    [InlineData("/_1/")]
    public void A_source_path_of_a_deterministic_build_is_found_in_the_repository(string root)
    {
        var found = PackagePath.Find("../../../samples/Orders", $"{root}tests/Orkestra.Cdk.Tests/Packaging/{nameof(FunctionPackageTests)}.cs");
        File.Exists(Path.Combine(found, "Orders.csproj")).ShouldBeTrue();
        Should.Throw<SynthesisException>(() => PackagePath.Find("../NoSuchProject", $"{root}tests/NoSuchFile.cs")).Message.ShouldContain("'../NoSuchProject'");
    }

    [Fact]
    public void A_context_value_names_a_published_folder_instead()
    {
        Manifests.Write(PublishedFolder, options => options.Add(Orders.Tell));
        var app = new App(new AppProps { Context = new Dictionary<string, object> { [FunctionPackage.FolderContext] = PublishedFolder } });
        app.UseFunctions(new FunctionPackage("../NoSuchProject"));
        Orders.Tell.Function(new Stack(app, "Given")).Runtime.Name.ShouldBe("dotnet10");
    }

    [Fact]
    public void A_stack_that_is_only_listed_publishes_nothing()
    {
        var app = new App(new AppProps { Context = new Dictionary<string, object> { ["aws:cdk:bundling-stacks"] = Array.Empty<string>() } });
        app.UseFunctions(new FunctionPackage("../../../samples/Orders") { Configuration = "NeverBuilt" });
        new PlaceOrder().StateMachine(new Stack(app, "Listed")).Functions.Count.ShouldBe(3);
    }

    string Refusal(FunctionPackage package) => Should.Throw<SynthesisException>(() => Orders.Tell.Function(Stack, new() { Package = package })).Message;
}
