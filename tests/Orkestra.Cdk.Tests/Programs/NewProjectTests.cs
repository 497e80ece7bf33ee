using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda.Emulator;
using Shouldly;
using Architecture = Amazon.CDK.AWS.Lambda.Architecture;

namespace Orkestra.Cdk.Tests.Programs;

/// <summary>Three projects made as the README says, with what newcomers write: every function that is synthesized starts and answers, and what could not start is refused.</summary>
[Trait("Category", "Publish")]
public sealed class NewProjectTests : CdkTest
{
    public NewProjectTests() => NewProject.Needed();

    // The README's one line, and a workflow that needs no JSON context.
    static readonly Lazy<NewProject> Greeting = new(() => new("Greeting", "return await OrkestraHost.RunAsync<Greet>(args);", """
        public sealed class Greet : Workflow<string?, int>
        {
            static readonly Step<string?, string> Hello = new(name => $"hello, {name ?? "stranger"}");
            static readonly Step<string, int> Count = new((text, context) => { Console.WriteLine("counting"); return text.Length; });

            public override Flow<string?, int> Define() => Hello >> Count;
        }
        """));

    // The same line, and a second workflow with records.
    static readonly Lazy<NewProject> Shop = new(() => new("Shop", "return await OrkestraHost.RunAsync<Sell>(args);", """
        public sealed record Order(string Id, int Quantity);
        public sealed record Bill(string Id, decimal Total);

        public sealed class Sell : Workflow<Order, string>
        {
            static readonly Step<Order, Bill> Price = new(order => new Bill(order.Id, order.Quantity * 2.50m));
            static readonly Step<Bill, string> Thank = new(bill => $"thank you for {bill.Id}");

            public override Flow<Order, string> Define() => Price >> Thank;
        }

        public sealed class Refund : Workflow<Bill, string>
        {
            static readonly Step<Bill, string> Pay = new(async bill => { await Task.Yield(); return $"{bill.Total} paid back"; });

            public override Flow<Bill, string> Define() => Pay;
        }
        """));

    // Both workflows are named, as Native AOT needs it, and one of them has no JSON context.
    static readonly Lazy<NewProject> Depot = new(() => new("Depot", "return await OrkestraHost.RunAsync(args, [new Store(), new Fetch()]);", """
        public sealed record Crate(string Place, int Weight);

        public sealed partial class Store : Workflow<Crate, string>
        {
            static readonly Step<Crate, Crate> Weigh = new(crate => crate with { Weight = crate.Weight + 1 });
            static readonly Step<Crate, string> Shelve = new(crate => $"{crate.Place}: {crate.Weight}");

            protected override JsonSerializerOptions JsonOptions => StoreJson.Default.Options;

            public override Flow<Crate, string> Define() => Weigh >> Shelve;

            [JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
            [JsonSerializable(typeof(Crate))]
            sealed partial class StoreJson : JsonSerializerContext;
        }

        public sealed class Fetch : Workflow<Crate, int>
        {
            static readonly Step<Crate, int> Lift = new(crate => crate.Weight);

            public override Flow<Crate, int> Define() => Lift;
        }
        """));

    [Theory]
    [InlineData("Greeting", "Greet", "null", "15")]
    [InlineData("Shop", "Sell", """{"id":"A-1","quantity":3}""", "\"thank you for A-1\"")]
    [InlineData("Shop", "Refund", """{"id":"A-1","total":7.50}""", "\"7.5 paid back\"")]
    [InlineData("Depot", "Store", """{"place":"B4","weight":10}""", "\"B4: 11\"")]
    [InlineData("Depot", "Fetch", """{"place":"B4","weight":10}""", "10")]
    public Task Every_function_starts_and_answers(string project, string workflow, string input, string output) => Answers(project, workflow, input, output, native: false);

    [Theory]
    [InlineData("Greeting", "Greet", "null", "15")]
    [InlineData("Depot", "Store", """{"place":"B4","weight":10}""", "\"B4: 11\"")]
    public Task Every_function_starts_and_answers_under_native_aot(string project, string workflow, string input, string output) => Answers(project, workflow, input, output, native: true);

    [Fact]
    public void A_workflow_without_a_JSON_context_is_refused_under_native_aot() =>
        Refusal(Depot.Value, "Fetch", native: true).ShouldBe(
            "The function of 'Fetch.Lift' could not start in the program Depot: Step 'Lift' takes Crate, of which the serializer does not know Crate: "
            + "add [JsonSerializable(typeof(Crate))] to the context whose options JsonOptions gives.");

    [Fact]
    public void A_second_workflow_that_trimming_removed_is_refused_under_native_aot() =>
        Refusal(Shop.Value, "Refund", native: true).ShouldBe(
            "The program Shop does not run Refund, so the function of its step 'Pay' could not start: it runs Sell. Add it in its Program.cs, as in "
            + "'return await OrkestraHost.RunAsync(args, [new Sell(), new Refund()]);', or name the project that runs it with UseFunctions.");

    [Fact]
    public void A_step_of_the_CDK_project_is_refused() =>
        Should.Throw<SynthesisException>(() => Orders.Tell.Function(Stack, new() { Package = Package(Greeting.Value, native: false) })).Message
            .ShouldStartWith("The program Greeting has no step 'Tell' of Orders.cs, so its function could not start: it has Greet.Hello, Greet.Count. ");

    [Fact]
    public void No_function_carries_what_only_a_local_run_uses()
    {
        var files = Directory.GetFiles(Greeting.Value.Publish(native: false).Folder).Select(Path.GetFileName).ToList();

        files.ShouldContain("Orkestra.Lambda.dll");
        files.ShouldAllBe(file => !file!.Contains("Spectre", StringComparison.Ordinal) && !file.StartsWith("System.CommandLine", StringComparison.Ordinal) && !file.EndsWith(".xml", StringComparison.Ordinal));
    }

    static NewProject Project(string name) => new[] { Greeting, Shop, Depot }.Select(project => project.Value).Single(project => project.Name == name);

    static void SkipUnlessPublished(NewProject project, bool native)
    {
        Assert.SkipWhen(native && PublishedFunction.NoNativeReason is not null, PublishedFunction.NoNativeReason ?? "");
        Assert.SkipWhen(native && project.Name != "Depot" && !NewProject.IsNativeTested, "Set ORKESTRA_EVERY_NATIVE=1 to publish every program with Native AOT.");
    }

    static FunctionPackage Package(NewProject project, bool native)
    {
        SkipUnlessPublished(project, native);
        return new FunctionPackage(project.Folder) { NativeAot = native };
    }

    string Refusal(NewProject project, string workflow, bool native)
    {
        SkipUnlessPublished(project, native);
        return Should.Throw<SynthesisException>(() => Deploy(project, workflow, native)).Message;
    }

    WorkflowStateMachine Deploy(NewProject project, string workflow, bool native) => project.Workflow(project.Publish(native: false), workflow).StateMachine(Stack, new()
    {
        Functions = new() { Package = Package(project, native), Architecture = NewProject.IsArm ? Architecture.ARM_64 : Architecture.X86_64 },
    });

    async Task Answers(string projectName, string workflow, string input, string output, bool native)
    {
        var project = Project(projectName);
        Deploy(project, workflow, native);
        await using var functions = new RunningFunctions(Synthesised(), project.Publish(native).Folder);

        var runner = new OrkestraRuntime(functions, new OrkestraOptions { TimeProvider = new SkippingTimeProvider() });
        var result = await runner.RunAsync(ExecutionPlan.Compile(functions.Deployed.Machine()), JsonValue.Parse(input), cancellationToken: TestContext.Current.CancellationToken);

        result.Output?.ToJson().ShouldBe(output, result.Cause);
        await functions.AllAnswerAsync();
    }
}
