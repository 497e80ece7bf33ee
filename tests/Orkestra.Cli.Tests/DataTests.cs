using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Serving;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;

namespace Orkestra.Cli.Tests;

/// <summary><c>orkestra local --data</c>: what is kept, and the commands on the data.</summary>
public sealed class DataTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("orkestra-data").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task State_machines_and_executions_outlive_the_server()
    {
        var definition = Path.Combine(folder, "rest.asl.json");
        await File.WriteAllTextAsync(definition, """{"StartAt":"Rest","States":{"Rest":{"Type":"Wait","SecondsPath":"$.seconds","Next":"Answer"},"Answer":{"Type":"Pass","Result":7,"End":true}}}""");
        string arn;
        await using (var server = await StartAsync(definition))
        {
            (await server.RunAsync("start", "rest", "--name", "done", "--input", """{"seconds":0}""", "--wait")).Output.ShouldBe("7\n");
            arn = (await server.RunAsync("start", "rest", "--name", "waiting", "--input", """{"seconds":3600}""")).Output.TrimEnd();
            // A second server may not use the same data.
            var second = await ToolRun.RunAsync("local", "--port", "0", "--data", Data);
            (second.Code, second.Error).ShouldSatisfyAllConditions(run => run.Code.ShouldBe(2), run => run.Error.ShouldStartWith($"orkestra: The data in '{Data}' cannot be used. "));
        }

        await using (var server = await StartAsync(definition))
        {
            var executions = JsonValue.Parse((await server.RunAsync("list", "rest", "--json")).Output);
            ((IEnumerable<JsonValue>)(JsonArray)executions).Select(execution => (execution["name"], execution["status"])).ShouldBe([((JsonValue)"waiting", (JsonValue)"RUNNING"), ("done", "SUCCEEDED")]);
            (await server.RunAsync("stop", arn)).Code.ShouldBe(0);
        }

        var file = Path.Combine(folder, "executions.jsonl");
        (await ToolRun.RunAsync("export", file, "--data", Data)).ShouldBe((0, "2 executions exported\n", ""));
        (await ToolRun.RunAsync("import", file, "--data", Data + "2", "--json")).ShouldBe((0, "{\"imported\":2,\"skipped\":0,\"backfills\":0}\n", ""));
        (await ToolRun.RunAsync("import", file, "--data", Data + "2")).Output.ShouldBe("0 executions imported, 2 there already\n");
        (await ToolRun.RunAsync("prune", "--data", Data, "--keep", "1")).Output.ShouldBe("1 executions and 0 child executions deleted\n");
        (await ToolRun.RunAsync("prune", "--data", Data)).Code.ShouldBe(2);
        (await ToolRun.RunAsync("prune", "--data", Data + "3", "--keep", "1")).ShouldBe((2, "", $"orkestra: There is no data in '{Data}3'. Name the folder of 'orkestra local --data' with --data.\n"));
    }

    [Fact]
    public async Task A_server_deletes_executions_beyond_the_number_or_the_age_to_keep_when_it_starts()
    {
        var definition = Path.Combine(folder, "answer.asl.json");
        await File.WriteAllTextAsync(definition, """{"StartAt":"Answer","States":{"Answer":{"Type":"Pass","Result":7,"End":true}}}""");
        await using (var server = await StartAsync(definition))
        {
            foreach (var name in new[] { "one", "two", "three" }) (await server.RunAsync("start", "answer", "--name", name, "--wait")).Code.ShouldBe(0);
        }

        await using (var server = await ToolServer.StartAsync("--data", Data, "--keep", "2", "--keep-days", "1", definition)) await ListsAsync(server, "three", "two");
        await using (var server = await ToolServer.StartAsync("--data", Data, "--keep-days", "0", definition)) await ListsAsync(server);

        static async Task ListsAsync(ToolServer server, params string[] wanted)
        {
            using var patience = new CancellationTokenSource(ToolRun.Patience);
            while (true)
            {
                var listed = (JsonArray)JsonValue.Parse((await server.RunAsync("list", "answer", "--json")).Output);
                var names = listed.Select(execution => ((JsonString)execution["name"]!).Value).ToArray();
                if (names.Length <= wanted.Length)
                {
                    names.ShouldBe(wanted, ignoreOrder: true);
                    return;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
            }
        }
    }

    [Fact]
    public async Task A_server_that_goes_on_deletes_every_hour()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(60));
        using var store = DataFolder.Open(Data);
        using var retention = new RetentionService(store, new RetentionPolicy { MaxAge = TimeSpan.FromDays(1), TimeProvider = clock }, clock);
        await using var runtime = new OrkestraRuntime(options: new OrkestraOptions { Store = store, TimeProvider = clock });
        runtime.StateMachines.Add("Answer", ExecutionPlan.Compile(AslReader.Parse("""{"StartAt":"Answer","States":{"Answer":{"Type":"Pass","Result":7,"End":true}}}""")));
        var arn = (await (await runtime.StartAsync("Answer", JsonObject.Empty)).Completion).Arn;
        await retention.StartAsync(CancellationToken.None);
        (await store.FindAsync(arn, CancellationToken.None)).ShouldNotBeNull();
        using var patience = new CancellationTokenSource(ToolRun.Patience);
        var hours = 0;
        while (await store.FindAsync(arn, patience.Token) is not null)
        {
            // The service may not wait yet, so that an hour may pass for nothing.
            clock.Advance(TimeSpan.FromHours(1));
            hours++;
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
        }

        hours.ShouldBeGreaterThanOrEqualTo(24);
        await retention.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Executions_of_a_version_are_listed_after_a_restart()
    {
        var definition = Path.Combine(folder, "answer.asl.json");
        await File.WriteAllTextAsync(definition, """{"StartAt":"Answer","States":{"Answer":{"Type":"Pass","Result":7,"End":true}}}""");
        string version;
        await using (var server = await StartAsync(definition))
        {
            var machine = await server.CallAsync("ListStateMachines", JsonObject.Empty);
            version = ((JsonString)(await server.CallAsync("PublishStateMachineVersion", JsonObject.Create(("stateMachineArn", machine["stateMachines"]![0]!["stateMachineArn"]!))))["stateMachineVersionArn"]!).Value;
            await server.RunAsync("start", "answer", "--name", "plain", "--wait");
            await server.RunAsync("start", "answer:1", "--name", "versioned", "--wait");
        }

        await using (var server = await StartAsync(definition))
        {
            var executions = (JsonArray)(await server.CallAsync("ListExecutions", JsonObject.Create(("stateMachineArn", version))))["executions"]!;
            ((IEnumerable<JsonValue>)executions).Select(execution => (execution["name"], execution["stateMachineVersionArn"])).ShouldBe([((JsonValue)"versioned", (JsonValue)version)]);
        }
    }

    string Data => Path.Combine(folder, "data");

    Task<ToolServer> StartAsync(string definition) => ToolServer.StartAsync("--data", Data, definition);
}
