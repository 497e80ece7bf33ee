using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Cli.Tests;

/// <summary><c>orkestra local</c>, and the commands that talk to it.</summary>
public sealed class EndpointCommandTests : IAsyncLifetime
{
    readonly string folder = Directory.CreateTempSubdirectory("orkestra-cli").FullName;
    ToolServer server = null!;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "greet.asl.json"), """
            {"StartAt":"Choose","States":{"Choose":{"Type":"Choice","Choices":[{"Variable":"$.fail","BooleanEquals":true,"Next":"Stop"},{"Variable":"$.wait","BooleanEquals":true,"Next":"Rest"}],"Default":"Greet"},
            "Greet":{"Type":"Pass","Result":"hello","End":true},"Stop":{"Type":"Fail","Error":"Broken","Cause":"by design"},"Rest":{"Type":"Wait","Seconds":3600,"End":true}}}
            """);
        server = await ToolServer.StartAsync(Path.Combine(folder, "greet.asl.json"));
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_execution_is_started_waited_for_shown_and_listed()
    {
        (await server.RunAsync("start", "greet", "--input", """{"fail":false,"wait":false}""", "--name", "one", "--wait")).ShouldBe((0, "\"hello\"\n", ""));
        var list = await server.RunAsync("list");
        list.Output.ShouldMatch(@"^greet\tSTANDARD\t\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z\tarn:aws:states:us-east-1:123456789012:stateMachine:greet\n$");
        var executions = JsonValue.Parse((await server.RunAsync("list", "greet", "--json", "--status", "SUCCEEDED")).Output);
        executions[0]!["name"].ShouldBe((JsonValue)"one");
        var shown = await server.RunAsync("show", "one");
        shown.Code.ShouldBe(0);
        shown.Output.ShouldContain("status    SUCCEEDED\n");
        shown.Output.ShouldContain("output    \"hello\"\n");
        shown.Output.ShouldMatch(@"  Choose  \d+ ms\n  Greet  \d+ ms\n$");
        var json = JsonValue.Parse((await server.RunAsync("show", "one", "--json")).Output);
        ((IEnumerable<JsonValue>)(JsonArray)json["states"]!).Select(state => state["name"]).ShouldBe([(JsonValue)"Choose", "Greet"]);
        var history = (await server.RunAsync("history", "one", "--json")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonValue.Parse(line)["type"]).ToArray();
        (history[0], history[^1]).ShouldBe(((JsonValue)"ExecutionStarted", (JsonValue)"ExecutionSucceeded"));
        (await server.RunAsync("history", "one")).Output.ShouldContain("\tChoiceStateEntered\tChoose\n");
    }

    [Fact]
    public async Task An_execution_that_fails_ends_with_1_and_is_redriven()
    {
        var failed = await server.RunAsync("start", "greet", "--input", """{"fail":true}""", "--name", "two", "--wait");
        (failed.Code, failed.Output).ShouldBe((1, ""));
        failed.Error.ShouldEndWith("ended as FAILED. Broken: by design\n");
        (await server.RunAsync("redrive", "two", "--json")).Output.ShouldStartWith("{\"redriveDate\":");
        (await server.RunAsync("show", "two")).Output.ShouldContain("error     Broken\n");
    }

    [Fact]
    public async Task A_running_execution_is_stopped()
    {
        var arn = (await server.RunAsync("start", "greet", "--input", """{"fail":false,"wait":true}""")).Output.TrimEnd();
        (await server.RunAsync("stop", arn, "--error", "Enough")).ShouldBe((0, "", ""));
        var shown = await server.RunAsync("show", arn);
        (shown.Code, shown.Output.Contains("status    ABORTED\n", StringComparison.Ordinal)).ShouldBe((1, true));
    }

    [Fact]
    public async Task A_wait_is_skipped()
    {
        var arn = (await server.RunAsync("start", "greet", "--input", """{"fail":false,"wait":true}""", "--name", "skipped")).Output.TrimEnd();
        (await server.RunAsync("skip", "skipped")).Output.ShouldStartWith("skipped to ");
        var ended = await server.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)));
        using var patience = new CancellationTokenSource(ToolRun.Patience);
        while (ended["status"] == (JsonValue)"RUNNING")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
            ended = await server.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)));
        }

        ended["status"].ShouldBe((JsonValue)"SUCCEEDED");
        (((JsonNumber)ended["stopDate"]!).Value - ((JsonNumber)ended["startDate"]!).Value).ShouldBeGreaterThanOrEqualTo(3600);
        (await server.RunAsync("skip", "skipped")).ShouldBe((3, "", "orkestra: ValidationException: The execution has ended\n"));
    }

    [Fact]
    public async Task An_execution_is_run_again_from_the_beginning_or_from_a_state()
    {
        await server.RunAsync("start", "greet", "--input", """{"fail":true}""", "--name", "first", "--wait");
        var again = (await server.RunAsync("rerun", "first", "--input", """{"fail":false,"wait":false}""", "--name", "second", "--json")).Output;
        ((JsonString)JsonValue.Parse(again)["executionArn"]!).Value.ShouldEndWith(":execution:greet:second");
        (await server.RunAsync("rerun", "first")).Code.ShouldBe(0);
        var from = (await server.RunAsync("rerun", "first", "--from", "Stop")).Output.TrimEnd();
        from.ShouldContain(":execution:greet:first-");
        var shown = JsonValue.Parse((await server.RunAsync("show", from, "--json")).Output);
        shown["input"].ShouldBe((JsonValue)"""{"fail":true}""");
        ((IEnumerable<JsonValue>)(JsonArray)shown["states"]!).Select(state => state["name"]).ShouldBe([(JsonValue)"Stop"]);
        (await server.RunAsync("rerun", "first", "--from", "Greet")).ShouldBe((3, "", "orkestra: ValidationException: The execution did not come to 'Greet'. Give the input to begin with\n"));
        (await server.RunAsync("rerun", "first", "--from", "None")).Error.ShouldContain("The state machine has no state 'None' at its outermost level. It has: Choose, Greet, Stop, Rest");
    }

    [Fact]
    public async Task An_execution_that_is_run_again_from_a_state_has_the_variables_that_were_set_then()
    {
        var file = Path.Combine(folder, "count.asl.json");
        await File.WriteAllTextAsync(file, """
            {"QueryLanguage":"JSONata","StartAt":"First","States":{
              "First":{"Type":"Pass","Assign":{"n":1,"kept":"{% $states.input.name %}"},"Next":"Inside"},
              "Inside":{"Type":"Map","Items":[1,2],"ItemProcessor":{"StartAt":"Hidden","States":{"Hidden":{"Type":"Pass","Assign":{"hidden":"{% $states.input %}"},"End":true}}},"Next":"Break"},
              "Break":{"Type":"Parallel","Branches":[{"StartAt":"Never","States":{"Never":{"Type":"Fail","Error":"Broken"}}}],
                "Catch":[{"ErrorEquals":["Broken"],"Assign":{"caught":"{% $states.errorOutput.Error %}"},"Next":"Again"}],"End":true},
              "Again":{"Type":"Choice","Choices":[{"Condition":"{% $n < 3 %}","Assign":{"n":"{% $n + 1 %}"},"Next":"Again"}],"Default":"Tell"},
              "Tell":{"Type":"Pass","Output":{"n":"{% $n %}","kept":"{% $kept %}","caught":"{% $caught %}","hidden":"{% $exists($hidden) %}"},"Assign":{"n":9},"Next":"End"},
              "End":{"Type":"Succeed"}}}
            """);
        await using var counting = await ToolServer.StartAsync(file);
        const string Told = """{"n":3,"kept":"x","caught":"Broken","hidden":false}""";
        (await counting.RunAsync("start", "count", "--input", """{"name":"x"}""", "--name", "source", "--wait")).ShouldBe((0, Told + "\n", ""));

        // As the run had them when it came to the state last; a rerun of a rerun has those of the first one.
        (await RerunAsync("source", "Tell", "second")).ShouldBe(Told);
        (await RerunAsync("second", "Tell", "third")).ShouldBe(Told);
        (await RerunAsync("source", "Again", "fourth")).ShouldBe(Told);
        (await RerunAsync("source", "Inside", "fifth")).ShouldBe(Told);
        (await RerunAsync("source", "First", "sixth", "--input", """{"name":"y"}""")).ShouldBe("""{"n":3,"kept":"y","caught":"Broken","hidden":false}""");

        async Task<string> RerunAsync(string id, string from, string name, params string[] more)
        {
            var arn = (await counting.RunAsync(["rerun", id, "--from", from, "--name", name, .. more])).Output.TrimEnd();
            using var patience = new CancellationTokenSource(ToolRun.Patience);
            while (true)
            {
                var execution = await counting.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)));
                if (execution["status"] == (JsonValue)"SUCCEEDED") return ((JsonString)execution["output"]!).Value;
                execution["status"].ShouldBe((JsonValue)"RUNNING", execution.ToJson());
                await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
            }
        }
    }

    [Fact]
    public async Task An_execution_shows_its_logs()
    {
        await server.RunAsync("start", "greet", "--input", """{"fail":true}""", "--name", "logged", "--wait");
        var lines = (await server.RunAsync("logs", "logged", "--follow")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[1].ShouldMatch(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}Z  ChoiceStateEntered  Choose$");
        lines[^1].ShouldEndWith("  ExecutionFailed  error: Broken  cause: by design");
        (await server.RunAsync("logs", "logged", "--data")).Output.ShouldContain("input: {\"fail\":true}");
        (await server.RunAsync("logs", "logged", "--level", "fatal")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        var record = JsonValue.Parse((await server.RunAsync("logs", "logged", "--level", "fatal", "--json")).Output);
        (record["type"], record["details"]!["error"]).ShouldBe(((JsonValue)"ExecutionFailed", (JsonValue)"Broken"));
    }

    [Fact]
    public async Task What_the_endpoint_refuses_ends_with_3()
    {
        (await server.RunAsync("start", "none")).ShouldBe((3, "", $"orkestra: {server.Address}/ has no state machine 'none'. 'orkestra list' shows those it has.\n"));
        (await server.RunAsync("stop", "arn:aws:states:us-east-1:1:execution:a:b")).ShouldBe((3, "", "orkestra: ExecutionDoesNotExist: Execution Does Not Exist: 'arn:aws:states:us-east-1:1:execution:a:b'\n"));
        var (code, _, error) = await ToolRun.RunAsync("list", "--endpoint", "http://127.0.0.1:1");
        code.ShouldBe(3);
        error.ShouldStartWith("orkestra: http://127.0.0.1:1/ does not answer: ");
    }

    [Fact]
    public async Task A_server_with_a_token_answers_those_who_have_it()
    {
        await using var guarded = await ToolServer.StartAsync("--token", "secret");
        (await guarded.RunAsync("list")).Code.ShouldBe(3);
        (await guarded.RunAsync("list", "--token", "secret")).ShouldBe((0, "", ""));
    }

    [Fact]
    public async Task A_port_or_a_log_that_cannot_be_used_is_refused()
    {
        var port = new Uri(server.Address).Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var taken = await ToolRun.RunAsync("local", "--port", port);
        taken.Code.ShouldBe(2);
        taken.Error.ShouldStartWith($"orkestra: Port {port} of 127.0.0.1 cannot be used: ");
        var log = Path.Combine(folder, "none", "log");
        var unwritable = await ToolRun.RunAsync("local", "--port", "0", "--log", log);
        unwritable.Code.ShouldBe(2);
        unwritable.Error.ShouldStartWith($"orkestra: The log '{log}' cannot be written: ");
    }

    [Theory]
    [InlineData("orkestra: Other machines can reach 0.0.0.0. Set --token to a secret that callers present, or listen on 127.0.0.1.\n", "local", "--listen", "0.0.0.0")]
    [InlineData("orkestra: 'here' is not an IP address. Use one such as 127.0.0.1.\n", "local", "--listen", "here")]
    public async Task A_server_that_others_could_reach_needs_a_token(string sentence, params string[] args) => (await ToolRun.RunAsync(args)).ShouldBe((2, "", sentence));
}
