using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Cli.Tests;

/// <summary><c>orkestra local</c> with synthesized apps, templates and assemblies.</summary>
public sealed class AppTests : IDisposable
{
    const string Sam = """
        AWSTemplateFormatVersion: '2010-09-09'
        Transform: AWS::Serverless-2016-10-31
        Parameters:
          Greeting: {Type: String, Default: "good \"day\""}
          Account: {Type: String, Default: 012345678901}
        Conditions:
          IsProduction: !Equals [!Ref Greeting, production]
        Resources:
          Greeter:
            Type: AWS::Serverless::StateMachine
            Properties:
              DefinitionUri: greeter.asl.yaml
              DefinitionSubstitutions:
                Greeting: !Sub "${Greeting}, ${Account}!"
                Queue: !Ref Orders
                Helper: !GetAtt Helper.Arn
          Quick:
            Type: AWS::Serverless::StateMachine
            Properties:
              Name: !Join ["-", [quick, !Select [1, [a, b]]]]
              Type: EXPRESS
              Definition: {StartAt: A, States: {A: {Type: Pass, Result: !Ref Greeter, End: true}}}
          Absent:
            Type: AWS::Serverless::StateMachine
            Condition: IsProduction
            Properties: {}
          Orders: {Type: AWS::SQS::Queue, Properties: {QueueName: orders}}
          Work: {Type: AWS::StepFunctions::Activity, Properties: {Name: work}}
          Helper:
            Type: AWS::Serverless::Function
            Properties:
              CodeUri: CODE
              Handler: HelloOrkestra
              Environment: {Variables: {ORKESTRA_STEP: HelloOrkestra.DoublePrice}}
        """;

    const string Definition = """
        StartAt: Greet
        States:
          Greet: {Type: Pass, Result: {greeting: "${Greeting}", queue: "${Queue}"}, ResultPath: $.made, Next: Double}
          Double: {Type: Task, Resource: "${Helper}", InputPath: $.item, ResultPath: $.doubled, End: true}
        """;

    readonly string folder = Directory.CreateTempSubdirectory("orkestra-app").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_SAM_template_is_served_with_its_references_and_its_NET_functions()
    {
        await WriteAsync("greeter.asl.yaml", Definition);
        var template = await WriteAsync("template.yaml", Sam.Replace("CODE", AppContext.BaseDirectory, StringComparison.Ordinal));
        await using var server = await ToolServer.StartAsync(template);
        (await NamesAsync(server)).ShouldBe(["Greeter", "quick-b"]);
        var output = JsonValue.Parse((await server.RunAsync("start", "Greeter", "--wait", "--input", """{"item":{"name":"lantern","price":2}}""")).Output);
        output["made"]!.ToJson().ShouldBe("""{"greeting":"good \"day\", 012345678901!","queue":"https://sqs.us-east-1.amazonaws.com/123456789012/orders"}""");
        output["doubled"]!["price"].ShouldBe((JsonValue)4);
        var quick = await server.CallAsync("StartSyncExecution", JsonObject.Create(("stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:quick-b")));
        quick["output"].ShouldBe((JsonValue)"\"arn:aws:states:us-east-1:123456789012:stateMachine:Greeter\"");
        (await server.CallAsync("ListActivities", JsonObject.Empty))["activities"]![0]!["name"].ShouldBe((JsonValue)"work");

        // Saving the source reloads it.
        await WriteAsync("greeter.asl.yaml", Definition.Replace("Next: Double", "End: true", StringComparison.Ordinal).Split("  Double:")[0]);
        await UntilAsync(async () => !(await server.CallAsync("DescribeStateMachine", JsonObject.Create(("stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:Greeter"))))
            ["definition"]!.ToJson().Contains("Double", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_cloud_assembly_is_served_with_its_assets_and_exports()
    {
        Directory.CreateDirectory(Path.Combine(folder, "cdk.out", "asset.1"));
        File.Copy(Path.Combine(AppContext.BaseDirectory, "HelloOrkestra.dll"), Path.Combine(folder, "cdk.out", "asset.1", "HelloOrkestra.dll"));
        await WriteAsync("cdk.out/manifest.json", """
            {"version":"36.0.0","artifacts":{"A":{"type":"aws:cloudformation:stack","properties":{"templateFile":"A.template.json"}},"B":{"type":"aws:cloudformation:stack","properties":{"templateFile":"B.template.json"}}}}
            """);
        await WriteAsync("cdk.out/A.assets.json", """{"files":{"abc":{"source":{"path":"asset.1","packaging":"zip"}},"def":{"source":{"path":"flow.json"}}}}""");
        await WriteAsync("cdk.out/flow.json", """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"${Fn}","Payload.$":"$"},"OutputPath":"$.Payload","End":true}}}""");
        await WriteAsync("cdk.out/A.template.json", """
            {"Resources":{
              "FlowA1B2C3D4":{"Type":"AWS::StepFunctions::StateMachine","Metadata":{"aws:cdk:path":"A/Flow/Resource"},"Properties":{"DefinitionS3Location":{"Bucket":{"Fn::Sub":"x-${AWS::AccountId}"},"Key":"def.json"},
                "DefinitionSubstitutions":{"Fn":{"Fn::Join":["",[{"Fn::GetAtt":["StepFunctionA1B2C3D4","Arn"]},":*"]]}}}},
              "StepFunctionA1B2C3D4":{"Type":"AWS::Lambda::Function","Properties":{"Code":{"S3Key":"abc.zip"},"Handler":"HelloOrkestra","Environment":{"Variables":{"ORKESTRA_STEP":"HelloOrkestra.DoublePrice"}}}}},
             "Outputs":{"Export":{"Value":{"Ref":"FlowA1B2C3D4"},"Export":{"Name":"A:Flow"}}}}
            """);
        await WriteAsync("cdk.out/B.template.json", """
            {"Resources":{"Caller":{"Type":"AWS::StepFunctions::StateMachine","Properties":{"StateMachineName":"caller","DefinitionString":{"Fn::Join":["",[
              "{\"StartAt\":\"Call\",\"States\":{\"Call\":{\"Type\":\"Task\",\"Resource\":\"arn:aws:states:::states:startExecution.sync:2\",\"Parameters\":{\"StateMachineArn\":\"",
              {"Fn::ImportValue":"A:Flow"},"\",\"Input.$\":\"$\"},\"OutputPath\":\"$.Output\",\"End\":true}}}"]]}}}}}
            """);
        await using var server = await ToolServer.StartAsync(Path.Combine(folder, "cdk.out"));
        (await NamesAsync(server)).ShouldBe(["Flow", "caller"]);
        (await server.RunAsync("start", "caller", "--wait", "--input", """{"name":"lantern","price":3}""")).Output.ShouldContain("\"price\":6");
    }

    [Fact]
    public async Task The_schedules_of_a_template_are_shown_start_executions_and_change_with_the_file()
    {
        // The next fire time is a few seconds away, and every minute after it.
        var start = TimeProvider.System.GetUtcNow().AddSeconds(5).AddMinutes(-10).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        var template = """
            Resources:
              Report:
                Type: AWS::Serverless::StateMachine
                Properties:
                  Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}
                  Events:
                    Nightly: {Type: ScheduleV2, Properties: {ScheduleExpression: "cron(0 2 * * ? *)", ScheduleExpressionTimezone: Europe/Paris, State: DISABLED}}
              Version: {Type: AWS::StepFunctions::StateMachineVersion, Properties: {StateMachineArn: !Ref Report}}
              Live: {Type: AWS::StepFunctions::StateMachineAlias, Properties: {Name: live, RoutingConfiguration: [{StateMachineVersionArn: !Ref Version, Weight: 100}]}}
              EveryMinute:
                Type: AWS::Scheduler::Schedule
                Properties:
                  ScheduleExpression: rate(1 minute)
                  StartDate: "STARTS"
                  FlexibleTimeWindow: {Mode: "OFF"}
                  Target: {Arn: !Ref Live, RoleArn: x, Input: '{"at":"<aws.scheduler.scheduled-time>"}'}
              Weekly:
                Type: AWS::Events::Rule
                Properties:
                  Description: The week
                  ScheduleExpression: cron(0 8 ? * MON *)
                  Targets: [{Id: one, Arn: !GetAtt Report.Arn, RoleArn: x}, {Id: two, Arn: !Ref Report, RoleArn: x, Input: '{"two":2}'}, {Id: other, Arn: "arn:aws:sqs:us-east-1:1:q"}]
              OnEvent: {Type: AWS::Events::Rule, Properties: {EventPattern: {source: [x]}, Targets: [{Id: a, Arn: !Ref Report}]}}
              Never: {Type: AWS::Scheduler::Schedule, Properties: {ScheduleExpression: "cron(0 8 * * *)", Target: {Arn: !Ref Report}}}
            """.Replace("STARTS", start, StringComparison.Ordinal);
        var file = await WriteAsync("template.yaml", template);
        await using var server = await ToolServer.StartAsync(file);
        using var client = new HttpClient { BaseAddress = new Uri(server.Address) };
        var schedules = ((JsonArray)(await ReadAsync("/api/v1/schedules"))["schedules"]!).ToDictionary(schedule => ((JsonString)schedule["name"]!).Value);
        schedules.Keys.ShouldBe(["EveryMinute", "ReportNightly", "Weekly", "Weekly-2"]);
        schedules.Values.ShouldAllBe(schedule => schedule["workflow"] == (JsonValue)"Report" && schedule["missed"] == (JsonValue)"skip");
        (schedules["ReportNightly"]["timeZone"], schedules["ReportNightly"]["isPaused"]).ShouldBe(((JsonValue)"Europe/Paris", JsonBoolean.True));
        (schedules["Weekly"]["expression"], schedules["Weekly"]["description"]).ShouldBe(((JsonValue)"cron(0 8 ? * MON *)", (JsonValue)"The week"));
        (await client.GetStringAsync("/schedules")).ShouldContain("EveryMinute");

        // One fires by itself.
        // A slow machine may miss the first fire time.
        await UntilAsync(async () => (await ListAsync()).Length > 0, TimeSpan.FromMinutes(3));
        var fired = (await ListAsync())[0];
        fired["name"]!.ToJson().ShouldMatch("^\"EveryMinute-\\d{8}T\\d{6}Z\"$");
        var input = JsonValue.Parse(((JsonString)(await server.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", fired["executionArn"]!))))["input"]!).Value);
        ((JsonString)input["at"]!).Value.ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$");

        // Another one is started now: a rule without an input sends its event.
        using (var run = await client.PostAsync("/schedules/Weekly/run", new FormUrlEncodedContent([]))) run.IsSuccessStatusCode.ShouldBeTrue();
        var now = (await ListAsync()).First(execution => ((JsonString)execution["name"]!).Value.StartsWith("Weekly-now-", StringComparison.Ordinal));
        var scheduled = JsonValue.Parse(((JsonString)(await server.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", now["executionArn"]!))))["input"]!).Value);
        (scheduled["detail-type"], scheduled["region"]).ShouldBe(((JsonValue)"Scheduled Event", (JsonValue)"us-east-1"));
        scheduled["resources"]!.ToJson().ShouldBe("""["arn:aws:events:us-east-1:123456789012:rule/Weekly"]""");

        await WriteAsync("template.yaml", template.Replace("  Weekly:", "  Monthly:", StringComparison.Ordinal));
        await UntilAsync(async () => (await ReadAsync("/api/v1/schedules")).ToJson() is var all && all.Contains("\"Monthly\"", StringComparison.Ordinal) && !all.Contains("\"Weekly\"", StringComparison.Ordinal));

        async Task<JsonValue> ReadAsync(string path) => JsonValue.Parse(await client.GetStringAsync(path));

        async Task<JsonValue[]> ListAsync() => [.. (JsonArray)JsonValue.Parse((await server.RunAsync("list", "Report", "--json")).Output)];
    }

    [Fact]
    public async Task The_workflows_of_an_assembly_are_served_and_a_rebuilt_one_is_picked_up()
    {
        var assembly = Path.Combine(folder, "app.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "HelloOrkestra.dll"), assembly);
        await using var server = await ToolServer.StartAsync(assembly);
        (await NamesAsync(server)).ShouldBe(["HelloOrkestra"]);
        (await server.RunAsync("start", "HelloOrkestra", "--wait", "--name", "one")).Code.ShouldBe(0);
        // The page of the run names the C# line of a step.
        using (var client = new HttpClient { BaseAddress = new Uri(server.Address) })
        {
            var page = await client.GetStringAsync($"/runs/{Uri.EscapeDataString("arn:aws:states:us-east-1:123456789012:execution:HelloOrkestra:one")}?state=DoublePrice");
            page.ShouldMatch(@"HelloOrkestra\.cs:\d+");
        }

        File.Copy(Path.Combine(AppContext.BaseDirectory, "SingleStep.dll"), assembly, overwrite: true);
        File.SetLastWriteTimeUtc(assembly, File.GetLastWriteTimeUtc(assembly).AddSeconds(2));
        await UntilAsync(async () => (await NamesAsync(server)).Length == 2);
    }

    [Fact]
    public async Task What_steps_log_is_shown_among_the_events()
    {
        await using var server = await ToolServer.StartAsync(Path.Combine(AppContext.BaseDirectory, "Orkestra.Cli.Tests.dll"));
        (await server.RunAsync("start", "Telling", "--wait", "--name", "told", "--input", "\"x\"")).Code.ShouldBe(0);
        var lines = (await server.RunAsync("logs", "told")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[3].ShouldEndWith("  TaskStarted");
        lines[4].ShouldEndWith("  StepLog  Tell  level: Information  category: Tell  message: Tells x in 2 lines");
        lines[5].ShouldEndWith("  StepLog  Tell  level: Error  category: Tell  message: Fails to be short");
        lines[^1].ShouldContain("  ExecutionSucceeded");
        var error = (await server.RunAsync("logs", "told", "--level", "error", "--json")).Output;
        JsonValue.Parse(error)["details"]!["message"].ShouldBe((JsonValue)"Fails to be short");
        (await server.RunAsync("logs", "told", "--level", "fatal")).Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_cannot_be_loaded_is_named()
    {
        (await ToolRun.RunAsync("local", "--port", "0", folder)).ShouldSatisfyAllConditions(run => run.Code.ShouldBe(2), run => run.Error.ShouldStartWith($"orkestra: '{folder}' is not a cloud assembly"));
        var template = await WriteAsync("t.json", """{"Resources":{"A":{"Type":"AWS::StepFunctions::StateMachine","Properties":{"DefinitionString":{"Fn::Sub":"${Gone}"}}}}}""");
        (await ToolRun.RunAsync("local", "--port", "0", template)).ShouldBe((2, "", $"orkestra: The template '{template}' cannot be resolved. It has no parameter or resource 'Gone'.\n"));
        var yaml = await WriteAsync("t.yaml", "a: [");
        (await ToolRun.RunAsync("local", "--port", "0", yaml)).Error.ShouldStartWith($"orkestra: '{yaml}' is not YAML (line ");
        var text = await WriteAsync("t.dll", "no assembly");
        (await ToolRun.RunAsync("local", "--port", "0", text)).Error.ShouldStartWith($"orkestra: The workflows of '{text}' cannot be loaded: ");
        (await ToolRun.RunAsync("local", "--port", "0", "--keep", "5")).Error.ShouldContain("need --data");
    }

    async Task<string> WriteAsync(string name, string content)
    {
        var file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, content);
        return file;
    }

    static async Task<string[]> NamesAsync(ToolServer server) =>
        [.. ((IEnumerable<JsonValue>)(JsonArray)(await server.CallAsync("ListStateMachines", JsonObject.Empty))["stateMachines"]!).Select(machine => ((JsonString)machine["name"]!).Value)];

    static async Task UntilAsync(Func<Task<bool>> holds, TimeSpan? limit = null)
    {
        using var patience = new CancellationTokenSource(limit ?? ToolRun.Patience);
        while (!await holds()) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
    }
}
