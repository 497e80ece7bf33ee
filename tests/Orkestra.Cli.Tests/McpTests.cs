using System.IO.Pipelines;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Orkestra.Cli.Mcp;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Cli.Tests;

/// <summary><c>orkestra mcp</c>, asked by the client of the C# SDK.</summary>
public sealed class McpTests
{
    const string Fetch =
        """
        {"QueryLanguage":"JSONata","StartAt":"Fetch","States":{
          "Fetch":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Arguments":{"FunctionName":"fetch","Payload":"{% $states.input %}"},"Output":"{% $states.result.Payload.n * 2 %}","Next":"Rest"},
          "Rest":{"Type":"Wait","Seconds":3600,"End":true}}}
        """;

    [Fact]
    public async Task Only_tools_that_read_are_offered_by_default()
    {
        await using var session = await Session.StartAsync("http://127.0.0.1:9", allowsChanges: false);

        var tools = await session.Client.ListToolsAsync(cancellationToken: TestContext.Current.CancellationToken);

        tools.Select(tool => tool.Name).Order(StringComparer.Ordinal).ShouldBe(
            ["draw_definition", "evaluate_expression", "explain_diagnostic", "explain_failure", "list_executions", "list_state_machines", "run_definition", "show_execution", "validate_definition"]);
        tools.ShouldAllBe(tool => tool.Description.Length > 20 && tool.ProtocolTool.Annotations!.ReadOnlyHint == true);
    }

    [Fact]
    public async Task Definitions_are_validated_drawn_and_run()
    {
        await using var session = await Session.StartAsync("http://127.0.0.1:9", allowsChanges: false);

        JsonValue.Parse(await session.CallAsync("validate_definition", ("definition", Fetch))).ShouldBe(JsonArray.Empty);
        JsonValue.Parse(await session.CallAsync("validate_definition", ("definition", """{"StartAt":"B","States":{"A":{"Type":"Succeed"}}}""")))[0]!["code"].ShouldBe((JsonValue)"MISSING_TRANSITION_TARGET");
        (await session.CallAsync("draw_definition", ("definition", Fetch))).ShouldContain("Fetch");
        var run = JsonValue.Parse(await session.CallAsync("run_definition", ("definition", Fetch), ("answers", """{"Fetch":{"n":21}}""")));
        run.ToJson().ShouldBe("""{"status":"SUCCEEDED","output":42,"states":["Fetch","Rest"],"virtualSeconds":3600}""");
        var failed = JsonValue.Parse(await session.CallAsync("run_definition", ("definition", Fetch), ("answers", """{"Fetch":{"error":"Busy","cause":"later"}}""")));
        failed["error"].ShouldBe((JsonValue)"Busy");
        (await session.FailAsync("run_definition", ("definition", "no-such-file.json"))).ShouldBe("There is no file 'no-such-file.json'.");
        (await session.FailAsync("run_definition", ("definition", Fetch), ("answers", """{"Fatch":1}"""))).ShouldContain("Fatch");
    }

    [Fact]
    public async Task Expressions_are_evaluated_and_codes_explained()
    {
        await using var session = await Session.StartAsync("http://127.0.0.1:9", allowsChanges: false);

        (await session.CallAsync("evaluate_expression", ("expression", "$states.input.n + $extra"), ("data", """{"n":40}"""), ("variables", """{"extra":2}"""))).ShouldBe("42");
        (await session.CallAsync("evaluate_expression", ("expression", "$.a[1]"), ("data", """{"a":[1,2]}"""), ("language", "jsonpath"))).ShouldBe("2");
        (await session.FailAsync("evaluate_expression", ("expression", "1 +"))).ShouldStartWith("S0207");
        (await session.CallAsync("explain_diagnostic", ("code", "ORK003"))).ShouldStartWith("# ORK003");
        (await session.CallAsync("explain_diagnostic", ("code", "States.DataLimitExceeded"))).ShouldContain("256 KiB");
        (await session.FailAsync("explain_diagnostic", ("code", "NOPE"))).ShouldStartWith("There is no diagnostic 'NOPE'. Known codes: DUPLICATE_LABEL_NAME,");
    }

    [Fact]
    public async Task Executions_are_listed_shown_explained_rerun_and_stopped()
    {
        var folder = Directory.CreateTempSubdirectory("orkestra-mcp").FullName;
        try
        {
            await File.WriteAllTextAsync(
                Path.Combine(folder, "greet.asl.json"),
                """
                {"StartAt":"Choose","States":{"Choose":{"Type":"Choice","Choices":[{"Variable":"$.fail","BooleanEquals":true,"Next":"Stop"},{"Variable":"$.wait","BooleanEquals":true,"Next":"Rest"}],"Default":"Greet"},
                "Greet":{"Type":"Pass","Result":"hello","End":true},"Stop":{"Type":"Fail","Error":"Broken","Cause":"{\"why\":\"by design\"}"},"Rest":{"Type":"Wait","Seconds":3600,"End":true}}}
                """,
                TestContext.Current.CancellationToken);
            await using var server = await ToolServer.StartAsync(Path.Combine(folder, "greet.asl.json"));
            await using var session = await Session.StartAsync(server.Address, allowsChanges: true);

            JsonValue.Parse(await session.CallAsync("list_state_machines"))[0]!["name"].ShouldBe((JsonValue)"greet");
            await session.CallAsync("start_execution", ("stateMachine", "greet"), ("input", """{"fail":true}"""), ("name", "one"));
            (await server.RunAsync("start", "greet", "--input", """{"fail":true}""", "--name", "two", "--wait")).Code.ShouldBe(1);
            var executions = (JsonArray)JsonValue.Parse(await session.CallAsync("list_executions", ("stateMachine", "greet")));
            executions.Count.ShouldBe(2);
            JsonValue.Parse(await session.CallAsync("show_execution", ("execution", "two")))["events"]![0]!["type"].ShouldBe((JsonValue)"ExecutionStarted");
            var explained = JsonValue.Parse(await session.CallAsync("explain_failure", ("execution", "two")));
            explained["error"].ShouldBe((JsonValue)"Broken");
            explained["cause"]!["why"].ShouldBe((JsonValue)"by design");
            explained["state"].ShouldBe((JsonValue)"Stop");
            explained["stateInput"]!.ToJson().ShouldBe("""{"fail":true}""");
            JsonValue.Parse(await session.CallAsync("rerun_execution", ("execution", "two")))["redriveDate"].ShouldNotBeNull();
            var again = JsonValue.Parse(await session.CallAsync("rerun_execution", ("execution", "two"), ("fromStart", true), ("input", """{"fail":false,"wait":true}""")));
            var arn = ((JsonString)again["executionArn"]!).Value;
            (await server.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn))))["stateMachineArn"].ShouldBe((JsonValue)"arn:aws:states:us-east-1:123456789012:stateMachine:greet");
            // One that was started by a version is rerun with the state machine as it is now, by either way.
            var machine = JsonObject.Create(("stateMachineArn", "arn:aws:states:us-east-1:123456789012:stateMachine:greet"));
            var version = ((JsonString)(await server.CallAsync("PublishStateMachineVersion", machine))["stateMachineVersionArn"]!).Value;
            (await server.RunAsync("start", version, "--input", """{"fail":true}""", "--name", "three", "--wait")).Code.ShouldBe(1);
            foreach (var rerun in new[] { await session.CallAsync("rerun_execution", ("execution", "three"), ("fromStart", true)), (await server.RunAsync("rerun", "three", "--json")).Output })
            {
                var described = (JsonObject)await server.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", JsonValue.Parse(rerun)["executionArn"]!)));
                described["input"].ShouldBe((JsonValue)"""{"fail":true}""");
                described.ContainsKey("stateMachineVersionArn").ShouldBeFalse();
            }

            (await session.FailAsync("explain_failure", ("execution", arn))).ShouldBe("The execution has not failed: its status is RUNNING.");
            await session.CallAsync("stop_execution", ("execution", arn), ("cause", "enough"));
            JsonValue.Parse(await session.CallAsync("explain_failure", ("execution", arn)))["status"].ShouldBe((JsonValue)"ABORTED");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_tool_serves_standard_input_and_output()
    {
        var transport = new StdioClientTransport(new() { Command = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", Arguments = [typeof(OrkestraTool).Assembly.Location, "mcp"] });
        await using var client = await McpClient.CreateAsync(transport, cancellationToken: TestContext.Current.CancellationToken).WaitAsync(ToolRun.Patience, TestContext.Current.CancellationToken);

        client.ServerInfo!.Name.ShouldBe("orkestra");
        var answer = await client.CallToolAsync("evaluate_expression", new Dictionary<string, object?> { ["expression"] = "6 * 7" }, cancellationToken: TestContext.Current.CancellationToken);
        answer.Content.OfType<TextContentBlock>().Single().Text.ShouldBe("42");
    }

    sealed class Session : IAsyncDisposable
    {
        readonly CancellationTokenSource stop = new();
        readonly EndpointClient endpoint;
        readonly McpServer server;
        readonly Task run;

        Session(EndpointClient endpoint, McpServer server, McpClient client)
        {
            this.endpoint = endpoint;
            this.server = server;
            run = server.RunAsync(stop.Token);
            Client = client;
        }

        internal McpClient Client { get; private set; }

        internal static async Task<Session> StartAsync(string address, bool allowsChanges)
        {
            var toServer = new Pipe();
            var toClient = new Pipe();
            var endpoint = new EndpointClient(new Uri(address), null);
            var streams = new ToolStreams(TextWriter.Null, TextWriter.Null, IsOutputTerminal: false, () => Stream.Null);
            var server = McpServer.Create(new StreamServerTransport(toServer.Reader.AsStream(), toClient.Writer.AsStream()), McpTools.Options(endpoint, streams, allowsChanges));
            var session = new Session(endpoint, server, null!);
            session.Client = await McpClient.CreateAsync(new StreamClientTransport(toServer.Writer.AsStream(), toClient.Reader.AsStream())).WaitAsync(ToolRun.Patience);
            return session;
        }

        internal async Task<string> CallAsync(string tool, params (string Name, object Value)[] arguments)
        {
            var answer = await AnswerAsync(tool, arguments);
            answer.IsError.ShouldNotBe(true, Text(answer));
            return Text(answer);
        }

        internal async Task<string> FailAsync(string tool, params (string Name, object Value)[] arguments)
        {
            var answer = await AnswerAsync(tool, arguments);
            answer.IsError.ShouldBe(true, Text(answer));
            return Text(answer);
        }

        Task<CallToolResult> AnswerAsync(string tool, (string Name, object Value)[] arguments) =>
            Client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => (object?)argument.Value)).AsTask().WaitAsync(ToolRun.Patience);

        static string Text(CallToolResult answer) => string.Concat(answer.Content.OfType<TextContentBlock>().Select(block => block.Text));

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await stop.CancelAsync();
            try
            {
                await run.WaitAsync(ToolRun.Patience);
            }
            catch (OperationCanceledException)
            {
            }

            await server.DisposeAsync();
            endpoint.Dispose();
            stop.Dispose();
        }
    }
}
