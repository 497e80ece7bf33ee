using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;
using Orkestra.Local;
using Shouldly;
using Xunit;
using static Orkestra.AspNetCore.Tests.TestEndpoint;

namespace Orkestra.AspNetCore.Tests;

/// <summary>Each action of the API over HTTP. docs/local.md names the test of each.</summary>
public sealed class ActionTests : IAsyncLifetime
{
    TestEndpoint endpoint = null!;

    public async ValueTask InitializeAsync() => endpoint = await TestEndpoint.StartAsync(
        orkestra => orkestra.UseStore(new InMemoryExecutionStore()), options => options.ActivityPoll = TimeSpan.FromMilliseconds(50));

    public ValueTask DisposeAsync() => endpoint.DisposeAsync();

    [Fact]
    public void There_are_37_actions() => StepFunctionsService.Actions.Count.ShouldBe(37);

    [Fact]
    public async Task Creating_a_state_machine_again_with_the_same_parameters_gives_the_same_one()
    {
        var first = await endpoint.CallAsync("CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role));
        TextOf(first, "stateMachineArn").ShouldBe("arn:aws:states:us-east-1:000000000000:stateMachine:one");
        // Role and tags may differ.
        (await endpoint.CallAsync("CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role + "2"))).ShouldBe(first);
        (await endpoint.RefusalAsync("CreateStateMachine", ("name", "one"), ("definition", Pass + " "), ("roleArn", Role)))
            .ShouldBe(("StateMachineAlreadyExists", "State Machine Already Exists: 'arn:aws:states:us-east-1:000000000000:stateMachine:one'"));
        (await endpoint.RefusalAsync("CreateStateMachine", ("name", "a b"), ("definition", Pass), ("roleArn", Role))).ShouldBe(("InvalidName", "Invalid Name: 'a b'"));
        (await endpoint.RefusalAsync("CreateStateMachine", ("name", "two"), ("definition", "{}"), ("roleArn", Role))).Code.ShouldBe("InvalidDefinition");
        foreach (var role in new[] { "role", "arn:aws:iam::aws:policy/AdministratorAccess", "arn:aws:states:us-east-1:123456789012:stateMachine:one" })
        {
            (await endpoint.RefusalAsync("CreateStateMachine", ("name", "two"), ("definition", Pass), ("roleArn", role))).ShouldBe(("InvalidArn", $"Invalid Role Arn: '{role}'"));
            (await endpoint.RefusalAsync("UpdateStateMachine", ("stateMachineArn", first["stateMachineArn"]!), ("roleArn", role))).ShouldBe(("InvalidArn", $"Invalid Role Arn: '{role}'"));
        }

        (await endpoint.RefusalAsync("CreateStateMachine", ("name", "two"), ("definition", Pass), ("roleArn", Role), ("versionDescription", "x")))
            .ShouldBe(("ValidationException", "Version description can only be set when publish is true"));
        (await endpoint.RefusalAsync("CreateStateMachine", ("name", "two"), ("definition", Pass), ("roleArn", Role), ("loggingConfiguration", JsonObject.Create(("level", "ALL")))))
            .ShouldBe(("InvalidLoggingConfiguration", "Invalid Logging Configuration: Must specify exactly one Log Destination."));
    }

    [Theory]
    [InlineData("😀")]
    [InlineData("a\uFFFE")]
    [InlineData("a\uFFFF")]
    public async Task A_name_beyond_the_allowed_characters_is_refused(string name) =>
        (await endpoint.RefusalAsync("CreateStateMachine", ("name", name), ("definition", Pass), ("roleArn", Role))).ShouldBe(("InvalidName", $"Invalid Name: '{name}'"));

    [Fact]
    public async Task Without_a_key_of_the_caller_a_state_machine_is_encrypted_with_that_of_the_service()
    {
        var first = await endpoint.CallAsync("CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role));
        (await endpoint.CallAsync(
            "CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role), ("encryptionConfiguration", JsonObject.Create(("type", "AWS_OWNED_KEY"))))).ShouldBe(first);
    }

    [Fact]
    public async Task A_log_group_is_named_with_its_qualifier()
    {
        JsonObject Logging(string group) => JsonObject.Create(
            ("level", "ALL"), ("destinations", JsonArray.Create([(JsonValue)JsonObject.Create(("cloudWatchLogsLogGroup", JsonObject.Create(("logGroupArn", group))))])));
        const string Group = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/states/one";
        (await endpoint.RefusalAsync("CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role), ("loggingConfiguration", Logging(Group))))
            .ShouldBe(("InvalidLoggingConfiguration", "Invalid Logging Configuration: Log Group ARN must be provided with '*' qualifier."));
        await endpoint.CallAsync("CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role), ("loggingConfiguration", Logging(Group + ":*")));
    }

    [Fact]
    public async Task A_revision_is_published_again_when_it_is_described_differently()
    {
        var created = await endpoint.CallAsync("CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role), ("publish", true), ("versionDescription", "first"));
        var arn = TextOf(created, "stateMachineArn");
        var same = await endpoint.CallAsync("UpdateStateMachine", ("stateMachineArn", arn), ("definition", Pass), ("publish", true), ("versionDescription", "first"));
        TextOf(same, "stateMachineVersionArn").ShouldBe(arn + ":1");
        var again = await endpoint.CallAsync("UpdateStateMachine", ("stateMachineArn", arn), ("definition", Pass), ("publish", true), ("versionDescription", "second"));
        TextOf(again, "stateMachineVersionArn").ShouldBe(arn + ":2");
        TextOf(await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", arn + ":2")), "description").ShouldBe("second");
        TextOf(await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", arn + ":1")), "description").ShouldBe("first");
    }

    [Fact]
    public async Task A_quota_that_is_used_up_has_a_status_of_its_own()
    {
        var arn = await endpoint.MachineAsync("one");
        await endpoint.CallAsync("PublishStateMachineVersion", ("stateMachineArn", arn));
        var routing = JsonArray.Create([(JsonValue)JsonObject.Create(("stateMachineVersionArn", arn + ":1"), ("weight", 100))]);
        for (var i = 0; i < 100; i++) await endpoint.CallAsync("CreateStateMachineAlias", ("name", $"A{i}"), ("routingConfiguration", routing));
        var (status, answer) = await endpoint.SendAsync("CreateStateMachineAlias", JsonObject.Create(("name", "A100"), ("routingConfiguration", routing)).ToJson());
        (status, TextOf(answer, "__type")).ShouldBe((System.Net.HttpStatusCode.PaymentRequired, "ServiceQuotaExceededException"));
    }

    [Fact]
    public async Task A_state_machine_is_described_as_it_was_created()
    {
        var arn = await endpoint.MachineAsync("one");
        var described = await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", arn));
        ((JsonObject)described).Names.ToArray().ShouldBe(
            ["stateMachineArn", "name", "status", "type", "creationDate", "definition", "roleArn", "loggingConfiguration", "tracingConfiguration"], ignoreOrder: true);
        TextOf(described, "definition").ShouldBe(Pass);
        described["loggingConfiguration"].ShouldBe(JsonValue.Parse("""{"level":"OFF","includeExecutionData":false}"""));
        TextOf(await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", arn), ("includedData", "METADATA_ONLY")), "definition").ShouldBe("{}");
        (await endpoint.RefusalAsync("DescribeStateMachine", ("stateMachineArn", arn + "x"))).ShouldBe(("StateMachineDoesNotExist", $"State Machine Does Not Exist: '{arn}x'"));
        (await endpoint.RefusalAsync("DescribeStateMachine", ("stateMachineArn", "arn:aws:states:us-east-1:000000000000:execution:one:x")))
            .ShouldBe(("InvalidArn", "Invalid Arn: 'Resource type not valid in this context: execution'"));
    }

    [Fact]
    public async Task The_variables_states_read_are_described()
    {
        var arn = await endpoint.MachineAsync("one", """{"QueryLanguage":"JSONata","StartAt":"Set","States":{"Set":{"Type":"Pass","Assign":{"a":1},"Next":"Read"},"Read":{"Type":"Pass","Output":"{% $a %}","End":true}}}""");
        (await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", arn)))["variableReferences"].ShouldBe(JsonValue.Parse("""{"Read":["a"]}"""));
    }

    [Fact]
    public async Task An_update_makes_a_revision_and_executions_that_run_keep_theirs()
    {
        var arn = await endpoint.MachineAsync("one", Wait);
        var execution = await endpoint.StartAsync(arn);
        var updated = await endpoint.CallAsync("UpdateStateMachine", ("stateMachineArn", arn), ("definition", Pass));
        TextOf(await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", arn)), "revisionId").ShouldBe(TextOf(updated, "revisionId"));
        // The same again is the same revision.
        TextOf(await endpoint.CallAsync("UpdateStateMachine", ("stateMachineArn", arn), ("definition", Pass)), "revisionId").ShouldBe(TextOf(updated, "revisionId"));
        TextOf(await endpoint.CallAsync("DescribeStateMachineForExecution", ("executionArn", execution)), "definition").ShouldBe(AslOf(Wait));
        TextOf(await endpoint.EndOfAsync(await endpoint.StartAsync(arn)), "output").ShouldBe("7");
        (await endpoint.RefusalAsync("UpdateStateMachine", ("stateMachineArn", arn)))
            .ShouldBe(("MissingRequiredParameter", "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified"));
        (await endpoint.RefusalAsync("UpdateStateMachine", ("stateMachineArn", arn), ("definition", "{}"))).Code.ShouldBe("InvalidDefinition");

        static string AslOf(string definition) => Asl.AslWriter.Write(Asl.AslReader.Parse(definition), indented: false);
    }

    [Fact]
    public async Task An_execution_names_its_revision_and_version()
    {
        var arn = await endpoint.MachineAsync("one");
        var updated = await endpoint.CallAsync("UpdateStateMachine", ("stateMachineArn", arn), ("definition", Wait), ("publish", true), ("versionDescription", "second"));
        var version = TextOf(updated, "stateMachineVersionArn");
        version.ShouldBe(arn + ":1");
        TextOf(await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", version)), "description").ShouldBe("second");
        var execution = await endpoint.StartAsync(version);
        var described = await endpoint.CallAsync("DescribeStateMachineForExecution", ("executionArn", execution));
        (TextOf(described, "revisionId"), TextOf(described, "stateMachineArn"), TextOf(described, "definition")).ShouldBe((TextOf(updated, "revisionId"), arn, Wait));
        TextOf(await endpoint.CallAsync("DescribeExecution", ("executionArn", execution)), "stateMachineVersionArn").ShouldBe(version);
        (await endpoint.RefusalAsync("UpdateStateMachine", ("stateMachineArn", version), ("definition", Pass))).Code.ShouldBe("StateMachineDoesNotExist");
    }

    [Fact]
    public async Task State_machines_are_listed_page_by_page_while_others_are_created()
    {
        for (var i = 0; i < 5; i++) await endpoint.MachineAsync($"m{i}");
        var first = await endpoint.CallAsync("ListStateMachines", ("maxResults", 2));
        TextsOf(first, "stateMachines", "name").ShouldBe(["m0", "m1"]);
        await endpoint.MachineAsync("a");
        await endpoint.CallAsync("DeleteStateMachine", ("stateMachineArn", "arn:aws:states:us-east-1:000000000000:stateMachine:m1"));
        var second = await endpoint.CallAsync("ListStateMachines", ("maxResults", 2), ("nextToken", first["nextToken"]!));
        TextsOf(second, "stateMachines", "name").ShouldBe(["m2", "m3"]);
        TextsOf(await endpoint.CallAsync("ListStateMachines", ("nextToken", second["nextToken"]!)), "stateMachines", "name").ShouldBe(["m4", "a"]);
        (await endpoint.RefusalAsync("ListActivities", ("nextToken", first["nextToken"]!))).ShouldBe(("InvalidToken", "Invalid Token: 'Invalid token'"));
    }

    [Fact]
    public async Task A_deleted_state_machine_is_gone_with_its_executions()
    {
        var arn = await endpoint.MachineAsync("one", Wait);
        var execution = await endpoint.StartAsync(arn, "same");
        (await endpoint.CallAsync("DeleteStateMachine", ("stateMachineArn", arn))).ShouldBe(JsonObject.Empty);
        (await endpoint.CallAsync("DeleteStateMachine", ("stateMachineArn", arn))).ShouldBe(JsonObject.Empty);
        (await endpoint.RefusalAsync("StartExecution", ("stateMachineArn", arn))).Code.ShouldBe("StateMachineDoesNotExist");
        TextOf(await endpoint.EndOfAsync(execution), "status").ShouldBe("ABORTED");
        await endpoint.MachineAsync("one");
        TextsOf(await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn)), "executions", "name").ShouldBeEmpty();
        TextOf(await endpoint.EndOfAsync(await endpoint.StartAsync(arn, "other")), "status").ShouldBe("SUCCEEDED");
    }

    [Fact]
    public async Task A_name_is_free_again_when_its_state_machine_was_deleted()
    {
        await using var forgetful = await TestEndpoint.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            var arn = await forgetful.MachineAsync("one");
            TextOf(await forgetful.EndOfAsync(await forgetful.StartAsync(arn, "same")), "status").ShouldBe("SUCCEEDED");
            await forgetful.CallAsync("DeleteStateMachine", ("stateMachineArn", arn));
        }
    }

    [Fact]
    public async Task Versions_are_published_listed_and_deleted()
    {
        var arn = await endpoint.MachineAsync("one");
        TextOf(await endpoint.CallAsync("PublishStateMachineVersion", ("stateMachineArn", arn)), "stateMachineVersionArn").ShouldBe(arn + ":1");
        TextOf(await endpoint.CallAsync("PublishStateMachineVersion", ("stateMachineArn", arn)), "stateMachineVersionArn").ShouldBe(arn + ":1");
        var revision = TextOf(await endpoint.CallAsync("UpdateStateMachine", ("stateMachineArn", arn), ("definition", Wait)), "revisionId");
        (await endpoint.RefusalAsync("PublishStateMachineVersion", ("stateMachineArn", arn), ("revisionId", "x")))
            .ShouldBe(("ConflictException", $"Failed to publish the State Machine version for revision x. The current State Machine revision is {revision}."));
        TextOf(await endpoint.CallAsync("PublishStateMachineVersion", ("stateMachineArn", arn), ("revisionId", revision)), "stateMachineVersionArn").ShouldBe(arn + ":2");
        var first = await endpoint.CallAsync("ListStateMachineVersions", ("stateMachineArn", arn), ("maxResults", 1));
        TextsOf(first, "stateMachineVersions", "stateMachineVersionArn").ShouldBe([arn + ":2"]);
        TextsOf(await endpoint.CallAsync("ListStateMachineVersions", ("stateMachineArn", arn), ("nextToken", first["nextToken"]!)), "stateMachineVersions", "stateMachineVersionArn").ShouldBe([arn + ":1"]);
        await endpoint.CallAsync("DeleteStateMachineVersion", ("stateMachineVersionArn", arn + ":2"));
        await endpoint.CallAsync("DeleteStateMachineVersion", ("stateMachineVersionArn", arn + ":2"));
        // A number is not used twice.
        TextOf(await endpoint.CallAsync("PublishStateMachineVersion", ("stateMachineArn", arn)), "stateMachineVersionArn").ShouldBe(arn + ":3");
    }

    [Fact]
    public async Task Executions_are_listed_by_version()
    {
        var arn = await endpoint.MachineAsync("one");
        await endpoint.CallAsync("PublishStateMachineVersion", ("stateMachineArn", arn));
        for (var i = 0; i < 6; i++) await endpoint.EndOfAsync(await endpoint.StartAsync(i % 2 == 0 ? arn : arn + ":1", $"e{i}"));
        TextsOf(await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn)), "executions", "name").ShouldBe(["e5", "e4", "e3", "e2", "e1", "e0"]);
        var first = await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn + ":1"), ("maxResults", 2));
        TextsOf(first, "executions", "name").ShouldBe(["e5", "e3"]);
        await endpoint.StartAsync(arn + ":1", "e6");
        TextsOf(await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn + ":1"), ("nextToken", first["nextToken"]!)), "executions", "name").ShouldBe(["e1"]);
    }

    [Fact]
    public async Task Activities_are_created_once_described_listed_and_deleted()
    {
        var created = await endpoint.CallAsync("CreateActivity", ("name", "work"));
        (await endpoint.CallAsync("CreateActivity", ("name", "work"))).ShouldBe(created);
        var arn = TextOf(created, "activityArn");
        var described = await endpoint.CallAsync("DescribeActivity", ("activityArn", arn));
        (TextOf(described, "name"), described["encryptionConfiguration"]).ShouldBe(("work", JsonValue.Parse("""{"type":"AWS_OWNED_KEY"}""")));
        await endpoint.CallAsync("CreateActivity", ("name", "more"));
        TextsOf(await endpoint.CallAsync("ListActivities"), "activities", "name").ShouldBe(["work", "more"]);
        // No task comes: the poll ends without a token.
        (await endpoint.CallAsync("GetActivityTask", ("activityArn", arn))).ShouldBe(JsonObject.Empty);
        await endpoint.CallAsync("DeleteActivity", ("activityArn", arn));
        await endpoint.CallAsync("DeleteActivity", ("activityArn", arn));
        foreach (var action in (string[])["DescribeActivity", "GetActivityTask"])
            (await endpoint.RefusalAsync(action, ("activityArn", arn))).ShouldBe(("ActivityDoesNotExist", $"Activity Does Not Exist: '{arn}'"));
        (await endpoint.RefusalAsync("CreateActivity", ("name", "a:b"))).ShouldBe(("InvalidName", "Invalid Name: 'a:b'"));
    }

    [Theory]
    [InlineData("SendTaskSuccess", "SUCCEEDED")]
    [InlineData("SendTaskFailure", "FAILED")]
    public async Task A_worker_takes_the_task_of_an_activity_and_ends_it(string action, string status)
    {
        var activity = TextOf(await endpoint.CallAsync("CreateActivity", ("name", "work")), "activityArn");
        var arn = await endpoint.MachineAsync("one", $$"""{"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"{{activity}}","HeartbeatSeconds":600,"End":true} } }""");
        var execution = TextOf(await endpoint.CallAsync("StartExecution", ("stateMachineArn", arn), ("input", """{"n":1}""")), "executionArn");
        JsonValue task;
        do task = await endpoint.CallAsync("GetActivityTask", ("activityArn", activity), ("workerName", "me"));
        while (task["taskToken"] is null);
        TextOf(task, "input").ShouldBe("""{"n":1}""");
        var token = TextOf(task, "taskToken");
        (await endpoint.CallAsync("SendTaskHeartbeat", ("taskToken", token))).ShouldBe(JsonObject.Empty);
        if (action == "SendTaskSuccess") await endpoint.CallAsync(action, ("taskToken", token), ("output", """{"done":true}"""));
        else await endpoint.CallAsync(action, ("taskToken", token), ("error", "Lost"), ("cause", "gone"));
        var ended = await endpoint.EndOfAsync(execution);
        TextOf(ended, "status").ShouldBe(status, ended.ToJson());
        foreach (var late in (string[])["SendTaskHeartbeat", "SendTaskFailure"])
            (await endpoint.RefusalAsync(late, ("taskToken", token))).ShouldBe(("TaskTimedOut", "Task Timed Out: 'Provided task does not exist anymore'"));
        (await endpoint.RefusalAsync("SendTaskSuccess", ("taskToken", "x"), ("output", "{}"))).ShouldBe(("InvalidToken", "Invalid Token: 'Invalid token'"));
        (await endpoint.RefusalAsync("SendTaskSuccess", ("taskToken", token), ("output", "{"))).Code.ShouldBe("InvalidOutput");
    }

    [Fact]
    public async Task Tags_are_added_replaced_listed_and_removed()
    {
        var machine = TextOf(await endpoint.CallAsync("CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role), ("tags", Tags(("a", "1")))), "stateMachineArn");
        var activity = TextOf(await endpoint.CallAsync("CreateActivity", ("name", "work")), "activityArn");
        foreach (var arn in (string[])[machine, activity])
        {
            await endpoint.CallAsync("TagResource", ("resourceArn", arn), ("tags", Tags(("a", "2"), ("b", "3"), ("b", "4"))));
            (await endpoint.CallAsync("ListTagsForResource", ("resourceArn", arn)))["tags"].ShouldBe(Tags(("a", "2"), ("b", "4")));
            await endpoint.CallAsync("UntagResource", ("resourceArn", arn), ("tagKeys", JsonArray.Create([(JsonValue)"a", "a", "x"])));
            (await endpoint.CallAsync("ListTagsForResource", ("resourceArn", arn)))["tags"].ShouldBe(Tags(("b", "4")));
        }

        (await endpoint.RefusalAsync("TagResource", ("resourceArn", machine + "x"), ("tags", Tags()))).Code.ShouldBe("ResourceNotFound");
        (await endpoint.RefusalAsync("TagResource", ("resourceArn", machine), ("tags", JsonArray.Create(Enumerable.Range(0, 50).Select(i => Tag($"k{i}", "")))))).Code.ShouldBe("TooManyTags");

        static JsonValue Tag(string key, string value) => JsonObject.Create(("key", key), ("value", value));
        static JsonArray Tags(params (string Key, string Value)[] tags) => JsonArray.Create(tags.Select(tag => Tag(tag.Key, tag.Value)));
    }

    [Fact]
    public async Task Starting_a_running_execution_again_gives_that_execution()
    {
        var arn = await endpoint.MachineAsync("one", Wait);
        var execution = await endpoint.StartAsync(arn, "same");
        (await endpoint.StartAsync(arn, "same")).ShouldBe(execution);
        (await endpoint.RefusalAsync("StartExecution", ("stateMachineArn", arn), ("name", "same"), ("input", "1")))
            .ShouldBe(("ExecutionAlreadyExists", $"Execution Already Exists: '{execution}'"));
        (await endpoint.CallAsync("StopExecution", ("executionArn", execution), ("error", "E"), ("cause", "C")))["stopDate"].ShouldBeOfType<JsonNumber>();
        var ended = await endpoint.EndOfAsync(execution);
        (TextOf(ended, "status"), TextOf(ended, "error"), TextOf(ended, "cause")).ShouldBe(("ABORTED", "E", "C"));
        (await endpoint.RefusalAsync("StartExecution", ("stateMachineArn", arn), ("name", "same"))).Code.ShouldBe("ExecutionAlreadyExists");
        (await endpoint.RefusalAsync("StartExecution", ("stateMachineArn", arn), ("input", "not json"))).Code.ShouldBe("InvalidExecutionInput");
    }

    [Fact]
    public async Task An_execution_is_described_with_and_without_its_data()
    {
        var arn = await endpoint.MachineAsync("one");
        var execution = TextOf(await endpoint.CallAsync("StartExecution", ("stateMachineArn", arn), ("name", "e"), ("traceHeader", "Root=1-2-3")), "executionArn");
        var ended = await endpoint.EndOfAsync(execution);
        ((JsonObject)ended).Names.ToArray().ShouldBe(
            ["executionArn", "stateMachineArn", "name", "status", "startDate", "stopDate", "input", "inputDetails", "output", "outputDetails", "traceHeader", "redriveCount", "redriveStatus", "redriveStatusReason"], ignoreOrder: true);
        (TextOf(ended, "output"), TextOf(ended, "traceHeader")).ShouldBe(("7", "Root=1-2-3"));
        var metadata = await endpoint.CallAsync("DescribeExecution", ("executionArn", execution), ("includedData", "METADATA_ONLY"));
        (metadata["input"], metadata["output"], metadata["outputDetails"]).ShouldBe((null, null, JsonValue.Parse("""{"included":false}""")));
        (await endpoint.RefusalAsync("DescribeExecution", ("executionArn", execution + "x"))).ShouldBe(("ExecutionDoesNotExist", $"Execution Does Not Exist: '{execution}x'"));
    }

    [Fact]
    public async Task A_history_is_read_page_by_page_in_both_directions()
    {
        var arn = await endpoint.MachineAsync("one");
        var execution = await endpoint.StartAsync(arn);
        await endpoint.EndOfAsync(execution);
        foreach (var (isReversed, ids) in ((bool, int[])[])[(false, [1, 2, 3, 4]), (true, [4, 3, 2, 1])])
        {
            var read = new List<int>();
            JsonValue? next = null;
            do
            {
                var page = await endpoint.CallAsync(
                    "GetExecutionHistory", [("executionArn", execution), ("maxResults", 3), ("reverseOrder", isReversed), .. next is null ? Array.Empty<(string, JsonValue)>() : [("nextToken", next)]]);
                read.AddRange(((IEnumerable<JsonValue>)(JsonArray)page["events"]!).Select(happened => (int)((JsonNumber)happened["id"]!).Value));
                next = page["nextToken"];
            }
            while (next is not null);

            read.ShouldBe(ids);
        }

        var bare = await endpoint.CallAsync("GetExecutionHistory", ("executionArn", execution), ("includeExecutionData", false));
        bare["events"]![0]!["executionStartedEventDetails"]!["input"].ShouldBeNull();
    }

    [Fact]
    public async Task Executions_are_listed_page_by_page_while_others_start()
    {
        var arn = await endpoint.MachineAsync("one", Wait);
        for (var i = 0; i < 5; i++) await endpoint.StartAsync(arn, $"e{i}");
        var first = await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn), ("maxResults", 2), ("statusFilter", "RUNNING"));
        TextsOf(first, "executions", "name").ShouldBe(["e4", "e3"]);
        for (var i = 5; i < 8; i++) await endpoint.StartAsync(arn, $"e{i}");
        var second = await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn), ("maxResults", 2), ("statusFilter", "RUNNING"), ("nextToken", first["nextToken"]!));
        TextsOf(second, "executions", "name").ShouldBe(["e2", "e1"]);
        TextsOf(await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn), ("statusFilter", "RUNNING"), ("nextToken", second["nextToken"]!)), "executions", "name").ShouldBe(["e0"]);
        // A token belongs to its question.
        (await endpoint.RefusalAsync("ListExecutions", ("stateMachineArn", arn), ("nextToken", first["nextToken"]!))).Code.ShouldBe("InvalidToken");
        (await endpoint.RefusalAsync("ListExecutions")).ShouldBe(("ValidationException", "Must provide a StateMachine ARN or MapRun ARN"));
        (await endpoint.RefusalAsync("ListExecutions", ("stateMachineArn", arn), ("statusFilter", "running"))).ShouldBe((
            "ValidationException",
            "1 validation error detected: Value 'running' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]"));
    }

    [Fact]
    public async Task An_execution_that_failed_is_redriven_once_for_a_client_token()
    {
        var arn = await endpoint.MachineAsync("one", Fail);
        var execution = await endpoint.StartAsync(arn);
        await endpoint.EndOfAsync(execution);
        var redriven = await endpoint.CallAsync("RedriveExecution", ("executionArn", execution), ("clientToken", "t"));
        await endpoint.EndOfAsync(execution);
        (await endpoint.CallAsync("RedriveExecution", ("executionArn", execution), ("clientToken", "t"))).ShouldBe(redriven);
        var ended = await endpoint.EndOfAsync(execution);
        (ended["redriveCount"], ended["redriveDate"] is JsonNumber, TextOf(ended, "redriveStatus")).ShouldBe(((JsonValue)1, true, "REDRIVABLE"));
        TextsOf(await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn), ("redriveFilter", "REDRIVEN")), "executions", "executionArn").ShouldBe([execution]);
        TextsOf(await endpoint.CallAsync("ListExecutions", ("stateMachineArn", arn), ("redriveFilter", "NOT_REDRIVEN")), "executions", "executionArn").ShouldBeEmpty();
        var good = await endpoint.StartAsync(await endpoint.MachineAsync("two"));
        await endpoint.EndOfAsync(good);
        (await endpoint.RefusalAsync("RedriveExecution", ("executionArn", good))).ShouldBe(("ExecutionNotRedrivable", "Execution is SUCCEEDED and cannot be redriven"));
    }

    [Fact]
    public async Task An_express_execution_is_waited_for()
    {
        var arn = await endpoint.MachineAsync("one", type: "EXPRESS");
        var answer = await endpoint.CallAsync("StartSyncExecution", ("stateMachineArn", arn), ("name", "e"), ("input", """{"a":1}"""));
        (TextOf(answer, "status"), TextOf(answer, "output"), TextOf(answer, "name")).ShouldBe(("SUCCEEDED", "7", "e"));
        var express = TextOf(await endpoint.CallAsync("StartExecution", ("stateMachineArn", arn)), "executionArn");
        foreach (var action in (string[])["DescribeExecution", "StopExecution", "GetExecutionHistory", "DescribeStateMachineForExecution", "ListMapRuns", "RedriveExecution"])
            (await endpoint.RefusalAsync(action, ("executionArn", express))).ShouldBe(("InvalidArn", "Invalid Arn: 'Resource type not valid in this context: express'"));
        (await endpoint.RefusalAsync("ListExecutions", ("stateMachineArn", arn))).Code.ShouldBe("StateMachineTypeNotSupported");
        (await endpoint.RefusalAsync("StartSyncExecution", ("stateMachineArn", await endpoint.MachineAsync("two")))).Code.ShouldBe("StateMachineTypeNotSupported");
    }

    [Fact]
    public async Task A_map_run_is_listed_described_and_changed()
    {
        var arn = await endpoint.MachineAsync("one", """
            {"StartAt":"Each","States":{"Each":{"Type":"Map","Label":"Each","MaxConcurrency":1,"ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"STANDARD"},
            "StartAt":"Rest","States":{"Rest":{"Type":"Wait","Seconds":3600,"End":true}}},"End":true}}}
            """);
        var execution = TextOf(await endpoint.CallAsync("StartExecution", ("stateMachineArn", arn), ("input", "[1,2,3]")), "executionArn");
        using var patience = new CancellationTokenSource(Patience);
        string[] runs;
        do
        {
            patience.Token.ThrowIfCancellationRequested();
            runs = TextsOf(await endpoint.CallAsync("ListMapRuns", ("executionArn", execution)), "mapRuns", "mapRunArn");
        }
        while (runs.Length == 0);

        var run = runs.Single();
        (await endpoint.CallAsync("DescribeMapRun", ("mapRunArn", run)))["maxConcurrency"].ShouldBe((JsonValue)1);
        (await endpoint.CallAsync("UpdateMapRun", ("mapRunArn", run), ("maxConcurrency", 3), ("toleratedFailureCount", 2))).ShouldBe(JsonObject.Empty);
        var changed = await endpoint.CallAsync("DescribeMapRun", ("mapRunArn", run));
        (changed["maxConcurrency"], changed["toleratedFailureCount"]).ShouldBe(((JsonValue)3, (JsonValue)2));
        string[] children;
        do children = TextsOf(await endpoint.CallAsync("ListExecutions", ("mapRunArn", run)), "executions", "executionArn");
        while (children.Length < 3 && !patience.IsCancellationRequested);
        var child = await endpoint.CallAsync("DescribeExecution", ("executionArn", children[0]));
        (TextOf(child, "mapRunArn"), TextOf(child, "stateMachineArn")).ShouldBe((run, arn + "/Each"));
        TextOf(await endpoint.CallAsync("DescribeStateMachineForExecution", ("executionArn", children[0])), "label").ShouldBe("Each");
        var map = await endpoint.CallAsync("DescribeStateMachine", ("stateMachineArn", arn + "/Each"));
        (TextOf(map, "stateMachineArn"), TextOf(map, "name"), TextOf(map, "label")).ShouldBe((arn + "/Each", "one/Each", "Each"));
        (await endpoint.RefusalAsync("DescribeStateMachine", ("stateMachineArn", arn + "/None"))).Code.ShouldBe("StateMachineDoesNotExist");
        foreach (var action in (string[])["DeleteStateMachine", "StartExecution", "StartSyncExecution"])
            (await endpoint.RefusalAsync(action, ("stateMachineArn", arn + "/Each"))).Code.ShouldBe("ValidationException", action);
        (await endpoint.RefusalAsync("UpdateStateMachine", ("stateMachineArn", arn + "/Each"), ("definition", Pass))).Code.ShouldBe("ValidationException");
        (await endpoint.RefusalAsync("DescribeMapRun", ("mapRunArn", run + "x"))).Code.ShouldBe("ResourceNotFound");
        (await endpoint.RefusalAsync("UpdateMapRun", ("mapRunArn", run), ("toleratedFailurePercentage", 101))).Code.ShouldBe("ValidationException");
        await endpoint.CallAsync("StopExecution", ("executionArn", execution));
    }

    [Theory]
    [InlineData("STANDARD")]
    [InlineData("EXPRESS")]
    public async Task Children_that_a_failure_cuts_are_listed_with_what_became_of_them(string type)
    {
        var arn = await endpoint.MachineAsync("one", """
            {"StartAt":"Each","States":{"Each":{"Type":"Map","Label":"Each","ItemProcessor":{"ProcessorConfig":{"Mode":"DISTRIBUTED","ExecutionType":"TYPE"},
            "StartAt":"Stop","States":{"Stop":{"Type":"Fail","Error":"Broken"}}},"End":true}}}
            """.Replace("TYPE", type, StringComparison.Ordinal));
        var execution = TextOf(await endpoint.CallAsync("StartExecution", ("stateMachineArn", arn), ("input", "[1,2,3]")), "executionArn");
        await endpoint.EndOfAsync(execution);
        var run = TextsOf(await endpoint.CallAsync("ListMapRuns", ("executionArn", execution)), "mapRuns", "mapRunArn").Single();
        JsonValue listed;
        using var patience = new CancellationTokenSource(Patience);
        // The children that were cut end a moment after their parent.
        do listed = (await endpoint.CallAsync("ListExecutions", ("mapRunArn", run)))["executions"]!;
        while (!patience.IsCancellationRequested && ((IEnumerable<JsonValue>)(JsonArray)listed).Any(child => child["stopDate"] is null));
        ((JsonArray)listed).Count.ShouldBeGreaterThan(0);
        foreach (var child in (IEnumerable<JsonValue>)(JsonArray)listed)
        {
            child["stopDate"].ShouldBeOfType<JsonNumber>().Value.ShouldBeGreaterThanOrEqualTo(((JsonNumber)child["startDate"]!).Value);
            if (type == "EXPRESS") continue;
            var described = await endpoint.CallAsync("DescribeExecution", ("executionArn", child["executionArn"]!));
            foreach (var member in (string[])["status", "startDate", "stopDate"]) child[member].ShouldBe(described[member], member);
        }

        (await endpoint.CallAsync("ListExecutions", ("mapRunArn", run)))["executions"].ShouldBe(listed);
    }

    [Fact]
    public async Task A_state_is_tested()
    {
        var answer = await endpoint.CallAsync(
            "TestState", ("definition", """{"Type":"Pass","InputPath":"$.a","ResultPath":"$.b","Next":"More"}"""), ("input", """{"a":{"n":1}}"""), ("inspectionLevel", "DEBUG"));
        (TextOf(answer, "status"), TextOf(answer, "output"), TextOf(answer, "nextState")).ShouldBe(("SUCCEEDED", """{"a":{"n":1},"b":{"n":1}}""", "More"));
        TextOf(answer["inspectionData"]!, "afterInputPath").ShouldBe("""{"n":1}""");
        (await endpoint.RefusalAsync("TestState", ("definition", """{"Type":"Pass","End":true}"""), ("mock", JsonObject.Create(("result", "1")))))
            .ShouldBe(("ValidationException", "State type 'Pass' is not supported when a mock is specified"));
        (await endpoint.RefusalAsync("TestState", ("definition", """{"Type":"Pass","End":true}"""), ("input", "{"))).Code.ShouldBe("InvalidExecutionInput");
        var mocked = await endpoint.CallAsync(
            "TestState", ("definition", """{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke","Parameters":{"FunctionName":"f"},"Catch":[{"ErrorEquals":["Lost"],"Next":"Other"}],"End":true}"""),
            ("mock", JsonObject.Create(("errorOutput", JsonObject.Create(("error", "Lost"), ("cause", "c"))))));
        (TextOf(mocked, "status"), TextOf(mocked, "nextState")).ShouldBe(("CAUGHT_ERROR", "Other"));
    }

    [Fact]
    public async Task A_definition_is_validated()
    {
        var answer = await endpoint.CallAsync("ValidateStateMachineDefinition", ("definition", """{"StartAt":"A","States":{"B":{"Type":"Pass","End":true}}}"""));
        (TextOf(answer, "result"), answer["truncated"]).ShouldBe(("FAIL", (JsonValue)false));
        TextsOf(answer, "diagnostics", "code").ShouldContain("MISSING_TRANSITION_TARGET");
        TextOf(await endpoint.CallAsync("ValidateStateMachineDefinition", ("definition", Pass), ("type", "EXPRESS")), "result").ShouldBe("OK");
    }
}
