using Amazon.CDK;
using Orkestra.Cdk.Tests.Samples;
using Orkestra.Deployment.Packaging;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda.Emulator;
using Shouldly;

namespace Orkestra.Cdk.Tests.Programs;

/// <summary>
/// Every function that the samples synthesize starts and answers, each a process of the program as it is deployed. Native AOT takes a minute a program, so without
/// <c>ORKESTRA_EVERY_NATIVE=1</c> only one program is published so.
/// </summary>
[Trait("Category", "Publish")]
public sealed class SampleProgramTests : CdkTest
{
    public SampleProgramTests() => NewProject.Needed();

    static readonly Dictionary<string, string> Inputs = new()
    {
        ["HelloOrkestra"] = "{}",
        ["MapJob"] = "{}",
        ["Observability"] = "{}",
        ["Rest"] = """{"id":"B-7","item":"kettle","quantity":2}""",
        ["Batch"] = "{}",
        ["CdkComposition"] = """{"id":"C-1","quantity":2}""",
    };

    public static TheoryData<string> Names => Sample.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public Task Every_function_starts_and_answers(string name) => Answers(name, native: false);

    [Theory]
    [MemberData(nameof(Names))]
    public Task Every_function_starts_and_answers_under_native_aot(string name)
    {
        Assert.SkipUnless(NewProject.IsNativeTested || Sample.Of(name).Program == "Orders", "Set ORKESTRA_EVERY_NATIVE=1 to publish every program with Native AOT.");
        return Answers(name, native: true);
    }

    async Task Answers(string name, bool native)
    {
        var sample = Sample.Of(name);
        var project = Path.Combine(Repository.Root, "samples", sample.Program, $"{sample.Program}.csproj");
        Assert.SkipWhen(native && PublishedFunction.NoNativeReason is not null, PublishedFunction.NoNativeReason ?? "");
        var program = ProjectPublisher.Publish(new PublishRequest(project, "Release", native, NewProject.IsArm, []));
        var app = new App(new AppProps { Outdir = Path.Combine(TemporaryFolder(name), "out") });
        // The folder, as an executable for this machine is not for the processor that functions have by default.
        app.UseFunctions(new FunctionPackage(native ? program.Folder : project));
        sample.Stack(app, name);
        var template = new SynthesisedTemplate(File.ReadAllText(app.Synth().GetStackByName(name).TemplateFullPath));
        await using var functions = new RunningFunctions(template, program.Folder);

        if (Inputs.TryGetValue(name, out var input))
        {
            var runner = new OrkestraRuntime(functions, new OrkestraOptions { TimeProvider = new SkippingTimeProvider() });
            var result = await runner.RunAsync(ExecutionPlan.Compile(functions.Deployed.Machine()), JsonValue.Parse(input), cancellationToken: TestContext.Current.CancellationToken);
            result.Status.ShouldBe(ExecutionStatus.Succeeded, $"{result.Error} {result.Cause}");
        }

        await functions.AllAnswerAsync();
    }
}
