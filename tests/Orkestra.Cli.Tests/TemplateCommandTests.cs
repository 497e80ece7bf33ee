using System.IO.Compression;
using System.Text.Json;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Cli.Tests;

/// <summary><c>orkestra template</c>. What is in a template is compared with the CDK's in Orkestra.Cdk.Tests.</summary>
public sealed class TemplateCommandTests : IDisposable
{
    // A build of the sample is a program like a published one, with more beside it.
    static readonly string Project = Path.Combine(Root(), "samples", "HelloOrkestra");
    static readonly string Built = Path.GetDirectoryName(Deploying.BuiltProgram.Find(Path.Combine(Project, "HelloOrkestra.csproj")))!;

    readonly string folder = Directory.CreateTempSubdirectory("orkestra-template").FullName;

    string Output => Path.Combine(folder, "out");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_template_a_package_and_parts_are_written()
    {
        var (code, output, error) = await ToolRun.RunAsync("template", Project, "--no-build", "--functions", Built, "-o", Output, "--schedule", "HelloOrkestra=rate(5 minutes)");

        (code, error).ShouldBe((0, ""));
        output.ShouldStartWith($"{Path.Combine(Output, "template.json")}: 1 state machine, 10 functions\n");
        output.ShouldContain($"aws cloudformation package --template-file {Path.Combine(Output, "template.json")} --s3-bucket BUCKET");
        output.ShouldContain("--stack-name HelloOrkestra --s3-bucket BUCKET --capabilities CAPABILITY_IAM\n");
        using var template = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Output, "template.json")));
        var resources = template.RootElement.GetProperty("Resources");
        resources.GetProperty("HelloOrkestraAddPriceFunction").GetProperty("Properties").GetProperty("Code").GetString().ShouldBe("functions.zip");
        resources.GetProperty("HelloOrkestraScheduleRule").GetProperty("Properties").GetProperty("ScheduleExpression").GetString().ShouldBe("rate(5 minutes)");
        using (var package = await ZipFile.OpenReadAsync(Path.Combine(Output, "functions.zip")))
            package.Entries.Select(entry => entry.FullName).ShouldContain("HelloOrkestra.dll");
        Directory.GetFiles(Path.Combine(Output, "parts")).Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(["HelloOrkestra.asl.json", "HelloOrkestra.functions.json", "HelloOrkestra.policy.json"]);
    }

    [Fact]
    public async Task The_same_program_gives_the_same_template_and_package()
    {
        string[] names = ["template.json", "functions.zip"];
        var texts = new List<byte[][]>();
        for (var time = 0; time < 2; time++)
        {
            (await ToolRun.RunAsync("template", Project, "--no-build", "--functions", Built, "-o", Output)).Code.ShouldBe(0);
            texts.Add([.. names.Select(name => File.ReadAllBytes(Path.Combine(Output, name)))]);
        }

        texts[1][0].ShouldBe(texts[0][0]);
        texts[1][1].ShouldBe(texts[0][1]);
    }

    [Fact]
    public async Task Options_reach_the_template()
    {
        var (code, output, _) = await ToolRun.RunAsync(
            "template", Project, "--no-build", "--no-package", "-o", Output, "--json", "--memory", "1024", "--timeout", "30", "--architecture", "x64", "--runtime", "native", "--bucket-parameters", "--log-days", "7", "--no-versions");

        code.ShouldBe(0);
        var json = JsonValue.Parse(output);
        (json["package"], json["functions"], json["parameters"]).ShouldBe((JsonValue.Null, (JsonValue)10, JsonArray.Create(["CodeBucket", "CodeKey"])));
        using var template = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Output, "template.json")));
        var function = template.RootElement.GetProperty("Resources").GetProperty("HelloOrkestraSayHelloFunction").GetProperty("Properties");
        function.GetProperty("MemorySize").GetInt32().ShouldBe(1024);
        function.GetProperty("Timeout").GetInt32().ShouldBe(30);
        function.GetProperty("Architectures")[0].GetString().ShouldBe("x86_64");
        function.GetProperty("Runtime").GetString().ShouldBe("provided.al2023");
        function.GetProperty("Handler").GetString().ShouldBe("HelloOrkestra.SayHello");
        function.GetProperty("Code").GetProperty("S3Bucket").GetProperty("Ref").GetString().ShouldBe("CodeBucket");
        template.RootElement.GetRawText().ShouldNotContain("AWS::Lambda::Version");
        File.Exists(Path.Combine(Output, "functions.zip")).ShouldBeFalse();
    }

    [Fact]
    public async Task What_cannot_be_is_one_sentence()
    {
        await Refused(2, $"'{folder}/none' is no project. Name a project file, or the folder of one.", $"{folder}/none");
        await Refused(2, $"There is no project in '{folder}'. Name a definition, a project or a C# file.", folder);
        await Refused(2, "'Hello' of --schedule names no workflow: write it as 'Report=rate(1 day)'.", Project, "--schedule", "Hello");
        await Refused(2, "There is an input for a schedule of 'Hello', but no schedule: add --schedule \"Hello=…\".", Project, "--schedule-input", "Hello={}");
        await Refused(1, "There is no workflow 'Hello' in the template: it has HelloOrkestra.", Project, "--no-build", "--no-package", "--schedule", "Hello=rate(1 day)");
        await Refused(1, "The program HelloOrkestra.dll does not describe its workflows: There is no workflow 'Hello': the program has HelloOrkestra.", Project, "--no-build", "--no-package", "--workflow", "Hello");
        await Refused(2, $"There is no folder '{folder}/published' for --functions.", Project, "--no-build", "--functions", $"{folder}/published");
        var project = Path.Combine(folder, "Shop.csproj");
        await File.WriteAllTextAsync(project, "<Project/>");
        await Refused(2, $"'{project}' has not been built: leave out --no-build, or run 'dotnet build {project}'.", project, "--no-build");
    }

    [Fact]
    public async Task A_program_that_lacks_a_function_is_refused()
    {
        var published = Directory.CreateDirectory(Path.Combine(folder, "published")).FullName;
        await File.WriteAllTextAsync(Path.Combine(published, "Shop.runtimeconfig.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(published, "orkestra-manifest.json"), """{"version":1,"functions":[]}""");

        await Refused(
            1,
            $"The program {published} does not run HelloOrkestra, so the function of its step 'GenerateItem' could not start: it runs no workflow. Add it in its Program.cs, as in "
            + "'return await OrkestraHost.RunAsync(args, [new HelloOrkestra()]);'.",
            Project, "--no-build", "--functions", published);
    }

    [Fact]
    [Trait("Category", "Publish")]
    public async Task The_program_is_published()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("ORKESTRA_PROGRAMS") == "1", "Set ORKESTRA_PROGRAMS=1 to publish programs.");
        using var output = new StringWriter();
        using var error = new StringWriter();
        var streams = new ToolStreams(output, error, IsOutputTerminal: false, () => Stream.Null);

        var code = await OrkestraTool.RunAsync(["template", Path.Combine(Project, "HelloOrkestra.csproj"), "--no-build", "-o", Output], streams, CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(10));

        (code, error.ToString()).ShouldBe((0, ""));
        using var package = await ZipFile.OpenReadAsync(Path.Combine(Output, "functions.zip"));
        var names = package.Entries.Select(entry => entry.FullName).ToArray();
        names.ShouldContain("HelloOrkestra.dll");
        names.ShouldNotContain("Orkestra.Serving.dll");
    }

    async Task Refused(int code, string sentence, params string[] args)
    {
        string[] command = ["template", .. args, "-o", Output];
        (await ToolRun.RunAsync(command)).ShouldBe((code, "", $"orkestra: {sentence}\n"));
    }

    static string Root()
    {
        var above = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(above, "Orkestra.slnx"))) above = Path.GetDirectoryName(above) ?? throw new InvalidOperationException("The tests do not run below the root of the repository.");
        return above;
    }
}
