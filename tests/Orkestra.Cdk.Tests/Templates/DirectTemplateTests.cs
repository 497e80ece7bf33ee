using System.Text.Json;
using Amazon.CDK;
using Orkestra.Authoring;
using Orkestra.Authoring.Datasets;
using Orkestra.Authoring.Services;
using Orkestra.Deployment;
using Orkestra.Deployment.Templates;
using Shouldly;

namespace Orkestra.Cdk.Tests.Templates;

/// <summary>A template that is made without the CDK has the same resources and permissions as the CDK package synthesizes of the same workflows.</summary>
public sealed class DirectTemplateTests : CdkTest
{
    [Fact]
    public async Task Sequence_parallel_map_and_a_rule()
    {
        Hold("HelloOrkestra");
        new HelloOrkestra().Schedule(Stack, new() { Rate = Duration.Minutes(5) });

        await ShouldBeTheSameAsync(new TemplateOptions { Schedules = [new("HelloOrkestra", "rate(5 minutes)")] }, new HelloOrkestra());
    }

    [Fact]
    public async Task A_map_with_captured_errors_and_memory_for_all()
    {
        Hold("MapJob");
        new MapJob().StateMachine(Stack, new() { Functions = new() { MemorySize = 256, Timeout = Duration.Seconds(20) } });

        await ShouldBeTheSameAsync(new TemplateOptions { Memory = 256, TimeoutSeconds = 20 }, new MapJob());
    }

    [Fact]
    public async Task Services_a_callback_and_a_nested_workflow()
    {
        Hold("OrdersProcess");
        new OrderProcess().StateMachine(Stack, new() { Substitutions = Parameters("OrdersTable", "CustomerTopic") });

        var template = await ShouldBeTheSameAsync(new TemplateOptions { CodePath = "functions.zip" }, new OrderProcess());
        template.ParameterNames.ShouldBe(["OrdersTable", "CustomerTopic"], ignoreOrder: true);
        template.Machines.Select(machine => machine.Id).ShouldBe(["OrderProcess", "OrderProcessShipping"]);
    }

    [Fact]
    public async Task A_workflow_that_is_deployed_itself_is_referred_to()
    {
        Hold("OrdersProcess");
        var shipping = new Shipping().StateMachine(Stack);
        new OrderProcess().StateMachine(Stack, new() { Substitutions = Parameters("OrdersTable", "CustomerTopic"), StateMachineFor = _ => shipping });

        await ShouldBeTheSameAsync(new TemplateOptions(), new OrderProcess(), new Shipping());
    }

    [Fact]
    public async Task Logs_metrics_and_traces()
    {
        Hold("Observed");
        new Watch().StateMachine(Stack, new() { Functions = new() { MemorySize = 1024, Timeout = Duration.Seconds(30) } });

        await ShouldBeTheSameAsync(new TemplateOptions { Memory = 1024, TimeoutSeconds = 30 }, new Watch());
    }

    [Fact]
    public async Task An_alias_and_a_schedule_in_a_time_zone()
    {
        new Orders().Schedule(Stack, new() { Cron = "0 8 ? * MON-FRI *", TimeZone = "Europe/Paris", Input = new { day = 1 }, Workflow = new() { Alias = "live" } });

        await ShouldBeTheSameAsync(
            new TemplateOptions { Alias = "live", Schedules = [new("Orders", "cron(0 8 ? * MON-FRI *)") { TimeZone = "Europe/Paris", Input = """{"day":1}""" }] }, new Orders());
    }

    [Fact]
    public async Task An_express_state_machine_without_versions()
    {
        new Orders().StateMachine(Stack, new() { StateMachineType = Amazon.CDK.AWS.StepFunctions.StateMachineType.EXPRESS, Versions = false, Observability = false });

        await ShouldBeTheSameAsync(new TemplateOptions { Express = ["Orders"], Versions = false, Observability = false }, new Orders());
    }

    [Fact]
    public async Task A_step_in_a_worker_is_an_activity()
    {
        new Rendering().StateMachine(Stack);

        var template = await ShouldBeTheSameAsync(new TemplateOptions(), new Rendering());
        template.Text.ShouldContain("AWS::StepFunctions::Activity");
    }

    [Fact]
    public async Task A_workflow_that_starts_itself()
    {
        new Countdown().StateMachine(Stack);

        await ShouldBeTheSameAsync(new TemplateOptions(), new Countdown());
    }

    [Fact]
    public async Task A_queue_that_is_known_at_deployment_and_a_job_that_is_waited_for()
    {
        new Cleaning().StateMachine(Stack, new() { Substitutions = Parameters("QueueUrl") });

        var template = await ShouldBeTheSameAsync(new TemplateOptions(), new Cleaning());
        template.Text.ShouldContain("Fn::Split");
    }

    [Fact]
    public async Task A_distributed_map_over_a_dataset()
    {
        new Importing().StateMachine(Stack);

        var template = await ShouldBeTheSameAsync(new TemplateOptions(), new Importing());
        template.Text.ShouldContain("DistributedMapPolicy");
    }

    [Fact]
    public async Task Workflows_that_start_each_other_are_refused() =>
        (await Should.ThrowAsync<DeploymentException>(() => DirectTemplate.OfAsync(new TemplateOptions(), new NestedStateMachineTests.Ping()))).Message
            .ShouldStartWith("The workflows Pong and Ping start each other, so that each state machine would need the ARN of the other before it is deployed");

    [Fact]
    public async Task What_the_service_refuses_is_refused() =>
        (await Should.ThrowAsync<DeploymentException>(() => DirectTemplate.OfAsync(new TemplateOptions { Express = ["Countdown"] }, new Countdown()))).Message
            .ShouldStartWith("Step Functions would refuse the state machine of Countdown");

    [Fact]
    public async Task An_unknown_workflow_is_refused() =>
        (await Should.ThrowAsync<DeploymentException>(() => DirectTemplate.OfAsync(new TemplateOptions { Schedules = [new("Order", "rate(1 day)")] }, new Orders()))).Message
            .ShouldBe("There is no workflow 'Order' in the template: it has Orders.");

    [Fact]
    public async Task Another_package_publishes_other_versions()
    {
        var description = Deployment.Descriptions.DescriptionReader.Read("Program", await DirectTemplate.DescribeAsync(new Orders()));
        var texts = new[] { "one", "one", "two" }.Select(hash => DeploymentTemplate.Make(description, new TemplateProgram("Functions", true, hash), new TemplateOptions()).Text).ToArray();

        texts[1].ShouldBe(texts[0]);
        texts[2].ShouldNotBe(texts[0]);
    }

    [Fact]
    public async Task The_parts_for_other_tools_have_plain_placeholders()
    {
        var template = await DirectTemplate.OfAsync(new TemplateOptions(), new OrderProcess());

        var policy = DeploymentTemplate.PolicyOf(template.Machines[0]);
        policy.ShouldContain("\"arn:${AWSPartition}:dynamodb:${AWSRegion}:${AWSAccountId}:table/${OrdersTable}\"");
        policy.ShouldContain("\"${OrderProcessPrepareFunctionArn}:*\"");
        policy.ShouldContain(":execution:${OrderProcessShippingName}:*");
        using var functions = JsonDocument.Parse(DeploymentTemplate.FunctionsOf(template.Machines[0]));
        functions.RootElement.GetProperty("Prepare").GetProperty("handler").GetString().ShouldBe("Functions");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cfn_lint_finds_no_problem(bool hasPath)
    {
        ExternalTool.CfnLint.Needed();
        var options = new TemplateOptions { CodePath = hasPath ? "functions.zip" : null, Alias = "live", Schedules = [new("HelloOrkestra", "rate(5 minutes)"), new("HelloOrkestra", "at(2030-01-31T08:00:00)")] };
        var template = await DirectTemplate.OfAsync(options, new HelloOrkestra(), new OrderProcess(), new Watch(), new Rendering(), new Countdown(), new Cleaning(), new Importing());
        var folder = TemporaryFolder("lint");
        await File.WriteAllTextAsync(Path.Combine(folder, "template.json"), template.Text, TestContext.Current.CancellationToken);

        (await ExternalTool.CfnLint.RunAsync(folder, "", "template.json")).ShouldBe("");
    }

    async Task<DeploymentTemplate> ShouldBeTheSameAsync(TemplateOptions options, params Workflow[] workflows)
    {
        var template = await DirectTemplate.OfAsync(options, workflows);
        var (direct, synthesised) = (CanonicalTemplate.Of(template.Root), CanonicalTemplate.Of(Synthesised().Root));
        direct.Keys.ShouldBe(synthesised.Keys);
        foreach (var (id, resource) in synthesised) direct[id].ShouldBe(resource, id);
        return template;
    }

    // The published program has the assembly of the workflows.
    void Hold(string assembly) => File.WriteAllText(Path.Combine(PublishedFolder, assembly + ".dll"), "");

    Dictionary<string, string> Parameters(params string[] names) => names.ToDictionary(name => name, name => new CfnParameter(Stack, name).ValueAsString);

    sealed record Line(string Id, int Number);

    sealed class Rendering : Workflow<Line, string>
    {
        static readonly Step<Line, string> Render = new(line => line.Id) { Host = StepHost.Worker, Timeout = TimeSpan.FromHours(2) };

        public override Flow<Line, string> Define() => Render;
    }

    sealed class Countdown : Workflow<int, int>
    {
        static readonly Step<int, int> Decrement = new(number => number - 1);

        public override Flow<int, int> Define() => Decrement.When(number => number > 0, AsStep());
    }

    sealed class Cleaning : Workflow<Line, JsonElement>
    {
        static readonly Step<Line, Line> Check = new(line => line) { Description = "Checks a line", Environment = new Dictionary<string, string> { ["FORM"] = "{x} $1 %{y}" } };

        public override Flow<Line, JsonElement> Define() =>
            Check >> Sqs.Send<Line>("${QueueUrl}", "Send").As<Line>() >> Jobs.RunGlueJob<Line>("clean", name: "Clean").As<JsonElement>();
    }

    sealed class Importing : Workflow<Line, JsonElement>
    {
        static readonly Step<string, string> Each = new(text => text);

        public override Flow<Line, JsonElement> Define() =>
            Each.MapEach(S3Items.JsonLines<Line, string>(_ => "uploads", _ => "in.jsonl")).WriteTo(_ => "results", _ => "run").As<JsonElement>();
    }
}
