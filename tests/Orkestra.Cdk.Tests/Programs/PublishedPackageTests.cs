using System.Diagnostics;
using Amazon.CDK;
using Orkestra.Lambda.Emulator;
using Shouldly;

namespace Orkestra.Cdk.Tests.Programs;

/// <summary>A <see cref="FunctionPackage"/> that publishes its project for real.</summary>
public class PublishedPackageTests : CdkTest
{
    [Fact]
    public async Task A_project_is_published_once_and_its_functions_run()
    {
        NewProject.Needed();
        var app = new App(new AppProps { Outdir = Path.Combine(TemporaryFolder("real"), "out") });
        // Other tests publish it as a Release build, in this process.
        app.UseFunctions(new FunctionPackage("../../../samples/Orders") { Configuration = "Debug" });
        var first = new Stack(app, "First");
        var second = new Stack(app, "Second");
        using var said = new StringWriter();
        var error = Console.Error;
        Console.SetError(said);
        try
        {
            new PlaceOrder().StateMachine(first);
            new PlaceOrder().StateMachine(second);
        }
        finally
        {
            Console.SetError(error);
        }

        var assembly = app.Synth();

        said.ToString().Split("Publishing Orders.csproj").Length.ShouldBe(2, "it is told once");
        var template = new SynthesisedTemplate(File.ReadAllText(assembly.GetStackByName("First").TemplateFullPath));
        var function = template.Named("PlaceOrderPriceFunction");
        function["Handler"].ShouldBeText("Orders");
        new SynthesisedTemplate(File.ReadAllText(assembly.GetStackByName("Second").TemplateFullPath)).Named("PlaceOrderPriceFunction")["Code"].ToText().ShouldBe(function["Code"].ToText());
        var task = Directory.GetDirectories(assembly.Directory, "asset.*").ShouldHaveSingleItem();
        // What only a local run uses stays behind, and what people read.
        Directory.GetFiles(task).ShouldNotContain(file => file.EndsWith(".xml", StringComparison.Ordinal) || file.Contains("Spectre", StringComparison.Ordinal) || file.Contains("CDK", StringComparison.Ordinal));

        await using var emulator = new RuntimeApiEmulator();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(task, "Orders.dll")]);
        start.Environment["AWS_LAMBDA_RUNTIME_API"] = emulator.Endpoint;
        start.Environment["_HANDLER"] = (string)function["Handler"]!;
        start.Environment["ORKESTRA_STEP"] = (string)function["Environment"]!["Variables"]!["ORKESTRA_STEP"]!;
        using var process = Process.Start(start)!;
        try
        {
            var answer = await emulator.InvokeAsync("""{"id":"Z-1","item":"moth","quantity":4}""").WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            answer.Body.ShouldBe("""{"id":"Z-1","total":50.00}""");
        }
        finally
        {
            process.Kill();
        }
    }
}
