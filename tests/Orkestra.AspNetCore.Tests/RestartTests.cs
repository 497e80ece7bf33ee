using System.Net;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;
using static Orkestra.AspNetCore.Tests.TestEndpoint;

namespace Orkestra.AspNetCore.Tests;

/// <summary>What is known after a restart, and what a store that fails does.</summary>
public sealed class RestartTests
{
    readonly InMemoryExecutionStore store = new();
    readonly MemoryCatalog catalog = new();

    [Fact]
    public async Task Everything_is_known_again_and_executions_go_on()
    {
        const string Ask = """
            {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:work","Next":"Call"},
            "Call":{"Type":"Task","Resource":"arn:aws:states:us-east-1:000000000000:activity:work","End":true}}}
            """;
        string machine, activity, execution, first;
        JsonValue[] known;
        await using (var endpoint = await StartAsync())
        {
            activity = TextOf(await endpoint.CallAsync("CreateActivity", ("name", "work"), ("tags", JsonValue.Parse("""[{"key":"a","value":"1"}]"""))), "activityArn");
            machine = await endpoint.MachineAsync("one", Ask);
            await endpoint.CallAsync("UpdateStateMachine", ("stateMachineArn", machine), ("roleArn", Role + "2"), ("publish", true), ("versionDescription", "v"));
            await endpoint.CallAsync("TagResource", ("resourceArn", machine), ("tags", JsonValue.Parse("""[{"key":"b","value":"2"}]""")));
            await endpoint.CallAsync("CreateStateMachineAlias", ("name", "PROD"), ("routingConfiguration", JsonValue.Parse($$"""[{"stateMachineVersionArn":"{{machine}}:1","weight":100}]""")));
            execution = await endpoint.StartAsync(machine + ":PROD", "e");
            first = await TakeAsync(endpoint, activity);
            known = await KnownAsync(endpoint, machine, activity, execution);
        }

        await using (var endpoint = await StartAsync())
        {
            (await KnownAsync(endpoint, machine, activity, execution)).ShouldBe(known);
            // The worker that took the first task completes it after the restart; the second one is offered to workers.
            await endpoint.CallAsync("SendTaskSuccess", ("taskToken", first), ("output", "1"));
            await endpoint.CallAsync("SendTaskSuccess", ("taskToken", await TakeAsync(endpoint, activity)), ("output", "2"));
            var ended = await endpoint.EndOfAsync(execution);
            (TextOf(ended, "status"), TextOf(ended, "output")).ShouldBe(("SUCCEEDED", "2"));
            await endpoint.CallAsync("DeleteStateMachine", ("stateMachineArn", machine));
        }

        await using (var endpoint = await StartAsync())
        {
            (await endpoint.CallAsync("ListStateMachines"))["stateMachines"].ShouldBe(JsonArray.Empty);
            (await endpoint.CallAsync("ListStateMachineVersions", ("stateMachineArn", machine)))["stateMachineVersions"].ShouldBe(JsonArray.Empty);
        }
    }

    [Fact]
    public async Task What_cannot_be_stored_is_not_acknowledged_and_not_known()
    {
        await using var endpoint = await StartAsync();
        catalog.Fails = true;
        (await endpoint.SendAsync("CreateActivity", """{"name":"work"}""")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        catalog.Fails = false;
        (await endpoint.CallAsync("ListActivities"))["activities"].ShouldBe(JsonArray.Empty);
        await endpoint.CallAsync("CreateActivity", ("name", "work"));
    }

    [Fact]
    public async Task Workflows_of_the_program_are_state_machines_like_others()
    {
        JsonValue described;
        await using (var endpoint = await StartAsync(workflow: new Adding(1)))
        {
            var arn = TextsOf(await endpoint.CallAsync("ListStateMachines"), "stateMachines", "stateMachineArn").Single();
            arn.ShouldBe("arn:aws:states:us-east-1:000000000000:stateMachine:Adding");
            described = await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", arn));
            await endpoint.CallAsync("PublishStateMachineVersion", ("stateMachineArn", arn));
            foreach (var started in (string[])[arn, arn + ":1"])
            {
                // Its steps run in the process, whichever way it is started.
                var execution = await endpoint.CallAsync("StartExecution", ("stateMachineArn", started), ("input", "41"));
                TextOf(await endpoint.EndOfAsync(TextOf(execution, "executionArn")), "output").ShouldBe("42");
            }
        }

        await using (var endpoint = await StartAsync(workflow: new Adding(1)))
            (await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", described["stateMachineArn"]!))).ShouldBe(described);

        // The program says something else now: a new revision.
        await using (var endpoint = await StartAsync(workflow: new Adding(2)))
        {
            var changed = await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", described["stateMachineArn"]!));
            changed["revisionId"].ShouldNotBeNull();
            changed["creationDate"].ShouldBe(described["creationDate"]);
            TextOf(changed, "definition").ShouldNotBe(TextOf(described, "definition"));
        }
    }

    Task<TestEndpoint> StartAsync(Workflow? workflow = null) => TestEndpoint.StartAsync(
        orkestra =>
        {
            orkestra.UseStore(store);
            if (workflow is not null) orkestra.AddWorkflow(workflow);
        },
        options => options.Catalog = catalog);

    static async Task<string> TakeAsync(TestEndpoint endpoint, string activity) => TextOf(await endpoint.CallAsync("GetActivityTask", ("activityArn", activity)), "taskToken");

    static async Task<JsonValue[]> KnownAsync(TestEndpoint endpoint, string machine, string activity, string execution) =>
    [
        await endpoint.CallAsync("ListStateMachines"),
        await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", machine)),
        await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", machine + ":1")),
        await endpoint.CallAsync("ListStateMachineVersions", ("stateMachineArn", machine)),
        await endpoint.CallAsync("DescribeStateMachineAlias", ("stateMachineAliasArn", machine + ":PROD")),
        await endpoint.CallAsync("DescribeActivity", ("activityArn", activity)),
        await endpoint.CallAsync("ListTagsForResource", ("resourceArn", machine)),
        await endpoint.CallAsync("ListTagsForResource", ("resourceArn", activity)),
        await endpoint.CallAsync("DescribeExecution", ("executionArn", execution)),
        await endpoint.CallAsync("DescribeStateMachineForExecution", ("executionArn", execution)),
        await endpoint.CallAsync("ListExecutions", ("stateMachineArn", machine + ":PROD")),
    ];

    sealed class Adding(int timeout) : Workflow<int, int>
    {
        public override string Name => "Adding";

        public override Flow<int, int> Define() => new Step<int, int>(number => number + 1, "Add") { Timeout = TimeSpan.FromMinutes(timeout) };
    }
}
