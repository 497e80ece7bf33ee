using System.Text;
using System.Text.Json;
using Amazon.CDK;
using Amazon.CDK.AWS.EC2;
using Amazon.CDK.AWS.Lambda;
using Amazon.CDK.AWS.Lambda.EventSources;
using Amazon.CDK.AWS.Logs;
using Amazon.CDK.AWS.SQS;
using Orkestra.Authoring;
using Shouldly;

namespace Orkestra.Cdk.Tests.Functions;

public class StepFunctionTests : CdkTest
{
    static readonly Step<int, int> Double = new(count => count * 2);

    [Theory]
    [InlineData(64)]
    [InlineData(127)]
    [InlineData(10_241)]
    public void A_memory_that_lambda_does_not_take_is_one_sentence(int memory)
    {
        var step = new Orkestra.Authoring.Step<int, int>(number => number) { Name = "Odd", Memory = memory };
        Should.Throw<SynthesisException>(() => step.Function(Stack))
            .Message.ShouldBe($"The function of the step 'Odd' has {memory} MB of memory, but Lambda takes 128 to 10240 MB: change Memory of the step or MemorySize of the function.");
    }

    [Fact]
    public void Defaults_are_as_documented()
    {
        Double.Function(Stack);

        var template = Synthesised();
        var function = template.Only("AWS::Lambda::Function");
        ((int)function["MemorySize"]!, (int)function["Timeout"]!).ShouldBe((512, 60));
        function["Runtime"].ShouldBeText("dotnet10");
        function["Architectures"].ToText().ShouldBe("""["arm64"]""");
        function["Handler"].ShouldBeText("Functions");
        function["Environment"]!["Variables"].ToText().ShouldBe("""{"ORKESTRA_STEP":"Double"}""");
        function["TracingConfig"].ShouldBeNull();
        ((int)template.Only("AWS::Logs::LogGroup")["RetentionInDays"]!).ShouldBe(30);
    }

    [Fact]
    public void Options_of_the_step_become_props()
    {
        Orders.Tell.Function(Stack);
        Orders.Count.Function(Stack);

        var template = Synthesised();
        var tell = template.Named("TellFunction");
        ((int)tell["Timeout"]!).ShouldBe(6);
        tell["Environment"]!["Variables"]!["UNIT"].ShouldBeText("orders");
        var count = template.Named("CountFunction");
        ((int)count["MemorySize"]!).ShouldBe(256);
        count["Description"].ShouldBeText("Counts the open orders");
    }

    [Fact]
    public void Props_come_before_the_options_of_the_step_and_variables_on_top()
    {
        Orders.Tell.Function(Stack, new()
        {
            Timeout = Duration.Minutes(2),
            Environment = new Dictionary<string, string> { ["UNIT"] = "mine", ["MORE"] = "1" },
        });

        var tell = Synthesised().Only("AWS::Lambda::Function");
        ((int)tell["Timeout"]!).ShouldBe(120);
        tell["Environment"]!["Variables"].ToText().ShouldBe("""{"UNIT":"mine","MORE":"1","ORKESTRA_STEP":"Tell"}""");
    }

    [Fact]
    public void All_that_CDK_knows_of_a_function_passes_through()
    {
        var network = new Vpc(Stack, "Network", new VpcProps { NatGateways = 0, SubnetConfiguration = [new SubnetConfiguration { Name = "Isolated", SubnetType = SubnetType.PRIVATE_ISOLATED }] });
        Double.Function(Stack, new()
        {
            Id = "Doubler",
            FunctionName = "double",
            MemorySize = 3008,
            EphemeralStorageSize = Size.Gibibytes(2),
            Architecture = Architecture.ARM_64,
            Layers = [LayerVersion.FromLayerVersionArn(Stack, "Layer", "arn:aws:lambda:eu-west-1:123456789012:layer:tools:3")],
            Tracing = Tracing.ACTIVE,
            LogRetention = RetentionDays.THREE_DAYS,
            ReservedConcurrentExecutions = 2,
            Vpc = network,
            VpcSubnets = new SubnetSelection { SubnetType = SubnetType.PRIVATE_ISOLATED },
            Observability = true,
        });

        var template = Synthesised();
        var function = template.Named("Doubler");
        function["FunctionName"].ShouldBeText("double");
        ((int)function["MemorySize"]!).ShouldBe(3008);
        ((int)function["EphemeralStorage"]!["Size"]!).ShouldBe(2048);
        function["Architectures"].ToText().ShouldBe("""["arm64"]""");
        function["Layers"].ToText().ShouldBe("""["arn:aws:lambda:eu-west-1:123456789012:layer:tools:3"]""");
        function["TracingConfig"].ToText().ShouldBe("""{"Mode":"Active"}""");
        ((int)function["ReservedConcurrentExecutions"]!).ShouldBe(2);
        function["VpcConfig"]!["SubnetIds"]!.AsArray().Count.ShouldBe(2);
        function["Environment"]!["Variables"]!["ORKESTRA_OBSERVABILITY"].ShouldBeText("true");
        ((int)template.Only("AWS::Logs::LogGroup")["RetentionInDays"]!).ShouldBe(3);
        template.All("AWS::Lambda::Function").Count.ShouldBe(1, "log retention takes no function of its own");
        var role = template.Named("DoublerRole");
        role["Policies"]!.AsArray().Select(policy => (string)policy!["PolicyName"]!).ShouldBe(["Logs", "Network"]);
        role["ManagedPolicyArns"].ShouldBeNull();
    }

    [Fact]
    public void An_executable_is_for_the_custom_runtime_and_its_handler_is_the_step()
    {
        var folder = TemporaryFolder("native");
        File.WriteAllBytes(Path.Combine(folder, "bootstrap"), Elf(machine: 0x3E));

        new Orders().StateMachine(Stack, new() { Functions = new() { Package = new FunctionPackage(folder) { CheckFunctions = false } } });

        var function = Synthesised().Named("OrdersCountFunction");
        function["Architectures"].ToText().ShouldBe("""["x86_64"]""", "the executable decides");
        function["Runtime"].ShouldBeText("provided.al2023");
        function["Handler"].ShouldBeText("Count");
        function["Environment"].ShouldBeNull();
    }

    [Fact]
    public void An_executable_for_another_processor_is_one_sentence()
    {
        var folder = TemporaryFolder("native");
        File.WriteAllBytes(Path.Combine(folder, "bootstrap"), Elf(machine: 0x3E));

        Should.Throw<SynthesisException>(() => Double.Function(Stack, new() { Package = new FunctionPackage(folder), Architecture = Architecture.ARM_64 }))
            .Message.ShouldBe($"The executable {Path.Combine(folder, "bootstrap")} is for x64, but its functions are for arm64: set Architecture, or publish for the other processor.");
    }

    [Theory]
    [InlineData("\0GLIBC_2.2.5\0GLIBC_2.34\0", null)]
    [InlineData("\0GLIBC_2.34\0GLIBC_2.38\0GLIBC_2.4\0", "needs glibc 2.38, but the runtime provided.al2023 has 2.34: publish it on Amazon Linux 2023, or on another Linux whose C library is as old, and name the folder.")]
    public void An_executable_that_the_runtime_is_too_old_for_is_one_sentence(string versions, string? said)
    {
        var folder = TemporaryFolder("native");
        var file = Path.Combine(folder, "bootstrap");
        File.WriteAllBytes(file, [.. Elf(machine: 0x3E), .. Encoding.ASCII.GetBytes(versions)]);
        System.Action make = () => Double.Function(Stack, new() { Package = new FunctionPackage(folder) { CheckFunctions = false } });

        if (said is null) Should.NotThrow(make);
        else Should.Throw<SynthesisException>(make).Message.ShouldBe($"The executable {file} {said}");
    }

    [Fact]
    public void A_timeout_longer_than_a_function_may_run_is_one_sentence() =>
#pragma warning disable ORK011 // The mistake that synthesis refuses where the analyzer does not see it.
        Should.Throw<SynthesisException>(() => new Step<int, int>(count => count, "Slow") { Timeout = TimeSpan.FromHours(1) }.Function(Stack))
#pragma warning restore ORK011
            .Message.ShouldBe("The step 'Slow' has a timeout of 01:00:00, but a function runs for at most 15 minutes: shorten it, or give the function a Timeout of its own.");

    [Fact]
    public void A_functions_own_timeout_is_checked_too() =>
        Should.Throw<SynthesisException>(() => Double.Function(Stack, new() { Timeout = Duration.Minutes(20) }))
            .Message.ShouldBe("The function of the step 'Double' has a timeout of 1200 seconds, but Lambda takes 1 to 900: change Timeout of the function, or split the step.");

    [Theory]
    [InlineData("AWS_REGION", "sets the environment variable 'AWS_REGION', which AWS Lambda sets itself: give it another name.")]
    [InlineData("table-name", "sets the environment variable 'table-name', but for AWS Lambda a name is a letter and then at least one more letter, digit or '_': give it another name.")]
    [InlineData("ORKESTRA_STEP", "sets the environment variable 'ORKESTRA_STEP', by which its function knows its step: remove it.")]
    public void A_variable_that_lambda_does_not_take_is_one_sentence(string name, string said) =>
        Should.Throw<SynthesisException>(() => Double.Function(Stack, new() { Environment = new Dictionary<string, string> { [name] = "x" } })).Message.ShouldBe($"The step 'Double' {said}");

    [Fact]
    public void Variables_that_are_too_large_are_one_sentence()
    {
        var large = new Dictionary<string, string> { ["PROMPT"] = new('x', 5000) };
        Should.Throw<SynthesisException>(() => Double.Function(Stack, new() { Environment = large }))
            .Message.ShouldStartWith("The environment variables of step 'Double' have 5006 bytes, but a Lambda function takes at most 4096");
    }

    [Fact]
    public void A_variable_that_is_known_at_deployment_has_no_size_yet()
    {
        Double.Function(Stack, new() { Environment = new Dictionary<string, string> { ["PLACE"] = Stack.Region } });
        Synthesised().Only("AWS::Lambda::Function")["Environment"]!["Variables"]!["PLACE"].ToText().ShouldBe("""{"Ref":"AWS::Region"}""");
    }

    [Fact]
    public void A_step_whose_program_is_not_said_is_one_sentence()
    {
        var stack = new Stack(new App(), "Alone");
        Should.Throw<SynthesisException>(() => Double.Function(stack))
            .Message.ShouldBe("It is not said which program holds the step 'Double': call UseFunctions(new FunctionPackage(\"../MyFunctions\")) on the app or the stack, or set Package.");
    }

    [Fact]
    public void A_program_without_the_workflow_is_one_sentence() =>
        Should.Throw<SynthesisException>(() => new PlaceOrder().StateMachine(Stack))
            .Message.ShouldBe($"The program in {PublishedFolder} does not hold the step 'Price': it lacks Orders.dll, where PlaceOrder is; name the project that has it, or publish it again.");

    [Fact]
    public void The_nearest_package_is_used()
    {
        var other = TemporaryFolder("other");
        File.WriteAllText(Path.Combine(other, "Other.runtimeconfig.json"), "{}");
        Stack.UseFunctions(new FunctionPackage(other) { CheckFunctions = false });
        Double.Function(Stack);

        Synthesised().Only("AWS::Lambda::Function")["Handler"].ShouldBeText("Other");
    }

    [Fact]
    public void A_source_that_does_not_ask_for_failed_records_is_one_sentence()
    {
        var step = new Step<string, Nothing>(_ => default, "Book") { Envelope = Envelope.Sqs.EachRecord };
        var function = step.Function(Stack);
        function.AddEventSource(new SqsEventSource(new Queue(Stack, "Asks"), new SqsEventSourceProps { ReportBatchItemFailures = true }));
        Synthesised().Only("AWS::Lambda::EventSourceMapping")["FunctionResponseTypes"].ToText().ShouldBe("""["ReportBatchItemFailures"]""");

        function.AddEventSource(new SqsEventSource(new Queue(Stack, "Silent")));
        Should.Throw<Exception>(() => App.Synth(new StageSynthesisOptions { Force = true })).Message.ShouldMatch(
            @"The step 'Book' answers with the records that failed \(EachRecord\), and its source SqsEventSource:TestSilent\w+ does not ask for them: set ReportBatchItemFailures = true on it\.");
    }

    [Fact]
    public void A_source_of_a_step_without_an_envelope_is_one_sentence()
    {
        new Step<JsonElement, Nothing>(_ => default, "Any").Function(Stack).AddEventSource(new SqsEventSource(new Queue(Stack, "Open")));
        Synthesised().Only("AWS::Lambda::EventSourceMapping")["FunctionName"].ShouldNotBeNull();

        new Step<string, Nothing>(_ => default, "Book").Function(Stack).AddEventSource(new SqsEventSource(new Queue(Stack, "Asks")));
        Should.Throw<Exception>(() => App.Synth(new StageSynthesisOptions { Force = true })).Message.ShouldMatch(
            @"The step 'Book' takes string, and its source SqsEventSource:TestAsks\w+ passes an event with records around it: set the step's Envelope, such as \{ Envelope = Envelope.Sqs \}");
    }

    static byte[] Elf(byte machine)
    {
        var header = new byte[64];
        "\u007fELF"u8.CopyTo(header);
        header[18] = machine;
        return header;
    }
}
