using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;

namespace Orkestra.Cdk.Tests.Samples;

/// <summary>The document inside each template runs on the engine, its steps in the real Lambda loop, and ends as the run in this process does.</summary>
[Collection(Synthesis.Name)]
public class RunTests
{
    public RunTests() => Synthesis.Needed();

    [Fact]
    public Task HelloOrkestra() => SameAsHere("HelloOrkestra", new HelloOrkestra(), "{}");

    [Fact]
    public Task MapJob() => SameAsHere("MapJob", new MapJob(), "{}");

    [Fact]
    public Task Observability() => SameAsHere("Observability", new Watch(), "{}");

    [Fact]
    public Task Rest() => SameAsHere("Rest", new PlaceOrder(), """{"id":"B-7","item":"kettle","quantity":2}""");

    [Fact]
    public async Task Rest_ends_as_here_when_the_input_does_not_fit() =>
        (await SameAsHere("Rest", new PlaceOrder(), """{"quantity":"two"}""")).Status.ShouldBe(ExecutionStatus.Failed);

    [Fact]
    public async Task Batch() => (await Run("Batch", "{}")).Output!.ToJson().ShouldBe("\"report of job 17 filed\"");

    [Fact]
    public async Task CdkComposition()
    {
        var result = await Run("CdkComposition", """{"id":"C-1","quantity":2}""");

        result.Output!.ToJson().ShouldBe("""["Thank you for order C-1",{"id":"C-1","total":25.00}]""");
        (result.StopTime - result.StartTime).ShouldBe(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("parcel", "\"address\":\"1 Main Street\"", "ada@example.com", "Order P-1 was delivered, tracked as post to 1 Main Street")]
    [InlineData("pickup", "\"store\":\"Lyon\"", "ada@example.com", "Order P-1 was delivered, tracked as shelf in Lyon")]
    [InlineData("pickup", "\"store\":\"Lyon\"", "broke@example.com", "The card was declined. Try another card")]
    public async Task OrdersProcess(string kind, string place, string customer, string message)
    {
        var input = JsonValue.Parse($$"""{"id":"P-1","customer":"{{customer}}","delivery":{"$type":"{{kind}}",{{place}}},"lines":[{"item":"lantern","quantity":2}]}""");
        var deployed = new Deployed(SampleTemplates.Of("OrdersProcess"));
        await using var loop = new LambdaLoop(deployed, Sample.Of("OrdersProcess").Functions);
        var runtime = new OrkestraRuntime(loop, new OrkestraOptions { TimeProvider = new SkippingTimeProvider(), ServiceInvoker = new FakeServices() });
        foreach (var (id, machine) in deployed.Machines()) runtime.StateMachines.Add(id, ExecutionPlan.Compile(machine));

        var process = deployed.Machines().Single(machine => machine.Id.StartsWith("OrderProcess", StringComparison.Ordinal) && !machine.Id.Contains("Shipping", StringComparison.Ordinal)).Id;
        var there = await (await runtime.StartAsync(process, input, cancellationToken: TestContext.Current.CancellationToken)).Completion;
        var options = new OrkestraOptions { TimeProvider = new SkippingTimeProvider(), ServiceInvoker = new FakeServices() };
        var here = (await new OrderProcess().ExecuteAsync(input, options, cancellationToken: TestContext.Current.CancellationToken)).Execution;

        there.Output!["message"]!.ToJson().ShouldBe($"\"{message}\"");
        there.Output.ShouldBe(here.Output);
        Events(there).ShouldBe(Events(here));
    }

    [Fact]
    public async Task The_handler_of_the_API_answers_in_the_loop()
    {
        var deployed = new Deployed(SampleTemplates.Of("Rest"));
        await using var loop = new LambdaLoop(deployed, OrderFunctions.Add);
        var name = SampleTemplates.Of("Rest").Root["Resources"]!.AsObject().Single(resource => resource.Key.StartsWith("ShowOrderFunction", StringComparison.Ordinal) && (string?)resource.Value!["Type"] == "AWS::Lambda::Function").Key;

        var answer = await loop.InvokeAsync(new TaskInvocation(
            TaskResource.Parse("arn:aws:states:::lambda:invoke"),
            JsonObject.Create(("FunctionName", name), ("Payload", JsonValue.Parse("""{"rawPath":"/orders/9","pathParameters":{"id":"9"}}"""))),
            "Show"));

        answer.Value!["statusCode"]!.ToJson().ShouldBe("200");
        ((JsonString)answer.Value!["body"]!).Value.ShouldBe("""{"id":"9","state":"shipped"}""");
    }

    static async Task<ExecutionResult> SameAsHere(string sample, Workflow workflow, string input)
    {
        var there = await Run(sample, input);
        var here = (await workflow.ExecuteAsync(JsonValue.Parse(input), OrkestraOptions.SkippingTime)).Execution;

        there.Status.ShouldBe(here.Status, there.Cause);
        there.Output.ShouldBe(here.Output);
        there.Error.ShouldBe(here.Error);
        // Branches take turns differently, so the order of what they do is not compared.
        Events(there).ShouldBe(Events(here));
        return there;
    }

    static List<string> Events(ExecutionResult result) => [.. result.History.Select(happened => $"{happened.Type} {happened.StateName}").Order(StringComparer.Ordinal)];

    static async Task<ExecutionResult> Run(string sample, string input)
    {
        var deployed = new Deployed(SampleTemplates.Of(sample));
        await using var loop = new LambdaLoop(deployed, Sample.Of(sample).Functions);
        var runner = new OrkestraRuntime(loop, new OrkestraOptions { TimeProvider = new SkippingTimeProvider() });
        return await runner.RunAsync(ExecutionPlan.Compile(deployed.Machine()), JsonValue.Parse(input));
    }
}
