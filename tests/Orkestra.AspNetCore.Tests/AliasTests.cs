using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;
using static Orkestra.AspNetCore.Tests.TestEndpoint;

namespace Orkestra.AspNetCore.Tests;

/// <summary>Aliases: their life, what is refused, and how they choose.</summary>
public sealed class AliasTests : IAsyncLifetime
{
    TestEndpoint endpoint = null!;
    string machine = null!;

    public async ValueTask InitializeAsync()
    {
        endpoint = await TestEndpoint.StartAsync(options: options => options.Seed = 1);
        machine = await endpoint.MachineAsync("one");
        await endpoint.CallAsync("PublishStateMachineVersion", ("stateMachineArn", machine));
        await endpoint.CallAsync("UpdateStateMachine", ("stateMachineArn", machine), ("definition", Pass.Replace("7", "8", StringComparison.Ordinal)), ("publish", true));
    }

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    [Fact]
    public async Task An_alias_is_created_once_described_changed_listed_and_deleted()
    {
        var created = await CreateAsync("PROD", (1, 100));
        (await CreateAsync("PROD", (1, 100))).ShouldBe(created);
        var arn = TextOf(created, "stateMachineAliasArn");
        arn.ShouldBe(machine + ":PROD");
        (await RefusalAsync("PROD", (2, 100))).ShouldBe(("ConflictException", "Failed to create alias because an alias with the same name and a different routing configuration already exists."));
        await CreateAsync("BETA", (2, 100));
        var first = await endpoint.CallAsync("ListStateMachineAliases", ("stateMachineArn", machine), ("maxResults", 1));
        TextsOf(first, "stateMachineAliases", "stateMachineAliasArn").ShouldBe([arn]);
        TextsOf(await endpoint.CallAsync("ListStateMachineAliases", ("stateMachineArn", machine), ("nextToken", first["nextToken"]!)), "stateMachineAliases", "stateMachineAliasArn").ShouldBe([machine + ":BETA"]);
        TextsOf(await endpoint.CallAsync("ListStateMachineAliases", ("stateMachineArn", machine + ":1")), "stateMachineAliases", "stateMachineAliasArn").ShouldBe([arn]);
        foreach (var other in (string[])[machine, machine + ":1"])
            (await endpoint.RefusalAsync("DeleteStateMachineAlias", ("stateMachineAliasArn", other))).ShouldBe(("InvalidArn", $"Invalid Arn: '{other}'"));
        (await endpoint.RefusalAsync("DeleteStateMachineVersion", ("stateMachineVersionArn", machine + ":1")))
            .ShouldBe(("ConflictException", "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [PROD]"));
        (await endpoint.CallAsync("UpdateStateMachineAlias", ("stateMachineAliasArn", arn), ("description", "new"), ("routingConfiguration", Routing((2, 100)))))["updateDate"].ShouldBeOfType<JsonNumber>();
        var described = await endpoint.CallAsync("DescribeStateMachineAlias", ("stateMachineAliasArn", arn));
        (TextOf(described, "name"), TextOf(described, "description"), described["routingConfiguration"]).ShouldBe(("PROD", "new", Routing((2, 100))));
        await endpoint.CallAsync("DeleteStateMachineVersion", ("stateMachineVersionArn", machine + ":1"));
        await endpoint.CallAsync("DeleteStateMachineAlias", ("stateMachineAliasArn", arn));
        await endpoint.CallAsync("DeleteStateMachineAlias", ("stateMachineAliasArn", arn));
        foreach (var action in (string[])["DescribeStateMachineAlias", "UpdateStateMachineAlias"])
        {
            (await endpoint.RefusalAsync(action, [("stateMachineAliasArn", arn), .. action[0] == 'U' ? [("description", (JsonValue)"x")] : Array.Empty<(string, JsonValue)>()]))
                .ShouldBe(("ResourceNotFound", "Request references a resource that does not exist."));
        }

        (await endpoint.RefusalAsync("StartExecution", ("stateMachineArn", arn))).Code.ShouldBe("StateMachineDoesNotExist");
        (await endpoint.RefusalAsync("ListStateMachineAliases", ("stateMachineArn", machine), ("nextToken", "InvalidToken"))).ShouldBe(("InvalidToken", "Invalid Token: 'Invalid token'"));
    }

    [Fact]
    public async Task Routing_is_refused_in_the_words_of_the_service()
    {
        (await RefusalAsync("A", (1, 50), (1, 50))).ShouldBe(("ValidationException", $"Routing configuration must contain distinct state machine version ARNs. Received: [{machine}:1, {machine}:1]"));
        (await RefusalAsync("A", (1, 70), (2, 29))).ShouldBe(("ValidationException", "Sum of routing configuration weights must equal 100. Received: [70, 29]"));
        (await RefusalAsync("A", (1, 101))).ShouldBe((
            "ValidationException", "1 validation error detected: Value '101' at 'routingConfiguration.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 100"));
        (await RefusalAsync("A", (1, 50), (2, 30), (3, 20))).ShouldBe((
            "ValidationException",
            $"1 validation error detected: Value '[RoutingConfigurationListItem(stateMachineVersionArn={machine}:1, weight=50), RoutingConfigurationListItem(stateMachineVersionArn={machine}:2, weight=30), "
            + $"RoutingConfigurationListItem(stateMachineVersionArn={machine}:3, weight=20)]' at 'routingConfiguration' failed to satisfy constraint: Member must have length less than or equal to 2"));
        (await RefusalAsync("A", (9, 100))).Code.ShouldBe("ResourceNotFound");
        (await RefusalAsync("123", (1, 100))).ShouldBe((
            "ValidationException",
            @"1 validation error detected: Value '123' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$"));
        (await endpoint.RefusalAsync("CreateStateMachineAlias", ("name", "A"), ("routingConfiguration", JsonArray.Create([(JsonValue)JsonObject.Create(("stateMachineVersionArn", machine), ("weight", 100))]))))
            .ShouldBe(("ValidationException", $"Routing configuration must contain state machine version ARNs. Received: [{machine}]"));
    }

    [Fact]
    public async Task An_alias_chooses_by_weight_and_the_same_seed_chooses_the_same()
    {
        await CreateAsync("SPLIT", (1, 30), (2, 70));
        var outputs = await ChoicesAsync(endpoint, machine);
        outputs.Count(output => output == "8").ShouldBeInRange(45, 95);
        outputs.ShouldContain("7");
        await using var other = await TestEndpoint.StartAsync(options: options => options.Seed = 1);
        await other.MachineAsync("one");
        await other.CallAsync("PublishStateMachineVersion", ("stateMachineArn", machine));
        await other.CallAsync("UpdateStateMachine", ("stateMachineArn", machine), ("definition", Pass.Replace("7", "8", StringComparison.Ordinal)), ("publish", true));
        await other.CallAsync("CreateStateMachineAlias", ("name", "SPLIT"), ("routingConfiguration", Routing((1, 30), (2, 70))));
        (await ChoicesAsync(other, machine)).ShouldBe(outputs);

        var execution = await endpoint.EndOfAsync(await endpoint.StartAsync(machine + ":SPLIT"));
        TextOf(execution, "stateMachineAliasArn").ShouldBe(machine + ":SPLIT");
        TextOf(execution, "stateMachineVersionArn").ShouldStartWith(machine + ":");
        ((JsonArray)(await endpoint.CallAsync("ListExecutions", ("stateMachineArn", machine + ":SPLIT")))["executions"]!).Count.ShouldBe(100);
        ((JsonArray)(await endpoint.CallAsync("ListExecutions", ("stateMachineArn", machine)))["executions"]!).Count.ShouldBe(100);
    }

    static async Task<string[]> ChoicesAsync(TestEndpoint endpoint, string machine)
    {
        var outputs = new string[99];
        for (var i = 0; i < outputs.Length; i++) outputs[i] = TextOf(await endpoint.EndOfAsync(await endpoint.StartAsync(machine + ":SPLIT")), "output");
        return outputs;
    }

    Task<JsonValue> CreateAsync(string name, params (int Version, int Weight)[] routes) => endpoint.CallAsync("CreateStateMachineAlias", ("name", name), ("routingConfiguration", Routing(routes)));

    Task<(string Code, string Message)> RefusalAsync(string name, params (int Version, int Weight)[] routes) =>
        endpoint.RefusalAsync("CreateStateMachineAlias", ("name", name), ("routingConfiguration", Routing(routes)));

    JsonArray Routing(params (int Version, int Weight)[] routes) =>
        JsonArray.Create(routes.Select(route => (JsonValue)JsonObject.Create(("stateMachineVersionArn", $"{machine}:{route.Version}"), ("weight", route.Weight))));
}
