using System.Diagnostics;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.AspNetCore.Tests;

/// <summary>The AWS CLI against the endpoint. Skipped without it.</summary>
public sealed class AwsCliTests
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task The_AWS_CLI_creates_starts_and_reads()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var created = await AwsAsync(endpoint, "create-state-machine", "--name", "one", "--role-arn", TestEndpoint.Role, "--definition", TestEndpoint.Pass, "--type", "EXPRESS");
        var arn = TestEndpoint.TextOf(created, "stateMachineArn");
        // An action whose host has a prefix on AWS.
        var answer = await AwsAsync(endpoint, "start-sync-execution", "--state-machine-arn", arn, "--input", "{}");
        (TestEndpoint.TextOf(answer, "status"), TestEndpoint.TextOf(answer, "output")).ShouldBe(("SUCCEEDED", "7"));
        TestEndpoint.TextsOf(await AwsAsync(endpoint, "list-state-machines"), "stateMachines", "name").ShouldBe(["one"]);
        (await Should.ThrowAsync<InvalidOperationException>(() => AwsAsync(endpoint, "describe-state-machine", "--state-machine-arn", "x")))
            .Message.ShouldContain("An error occurred (InvalidArn) when calling the DescribeStateMachine operation: Invalid Arn: 'Invalid ARN prefix: x'");
    }

    [Fact]
    public async Task The_AWS_CLI_versions_routes_works_and_redrives()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var activity = TestEndpoint.TextOf(await AwsAsync(endpoint, "create-activity", "--name", "work"), "activityArn");
        const string Definition = """{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"ACTIVITY","Next":"Bad"},"Bad":{"Type":"Fail","Error":"Bad"}}}""";
        var definition = Definition.Replace("ACTIVITY", activity, StringComparison.Ordinal);
        var machine = await AwsAsync(endpoint, "create-state-machine", "--name", "one", "--role-arn", TestEndpoint.Role, "--definition", definition, "--publish");
        var version = TestEndpoint.TextOf(machine, "stateMachineVersionArn");
        var alias = TestEndpoint.TextOf(await AwsAsync(endpoint, "create-state-machine-alias", "--name", "live", "--routing-configuration", $"stateMachineVersionArn={version},weight=100"), "stateMachineAliasArn");
        var execution = TestEndpoint.TextOf(await AwsAsync(endpoint, "start-execution", "--state-machine-arn", alias, "--input", "{}"), "executionArn");
        var task = await AwsAsync(endpoint, "get-activity-task", "--activity-arn", activity, "--worker-name", "cli");
        await AwsAsync(endpoint, "send-task-success", "--task-token", TestEndpoint.TextOf(task, "taskToken"), "--task-output", "1");
        (await endpoint.EndOfAsync(execution))["error"].ShouldBe((JsonValue)"Bad");
        await AwsAsync(endpoint, "redrive-execution", "--execution-arn", execution);
        (await endpoint.EndOfAsync(execution))["redriveCount"].ShouldBe((JsonValue)1);
        TestEndpoint.TextsOf(await AwsAsync(endpoint, "get-execution-history", "--execution-arn", execution, "--max-items", "1000"), "events", "type").ShouldContain("ExecutionRedriven");
        TestEndpoint.TextOf(await AwsAsync(endpoint, "validate-state-machine-definition", "--definition", "{}"), "result").ShouldBe("FAIL");
    }

    static async Task<JsonValue> AwsAsync(TestEndpoint endpoint, params string[] arguments)
    {
        var start = new ProcessStartInfo("aws", ["stepfunctions", .. arguments, "--endpoint-url", endpoint.Address.ToString(), "--region", "us-east-1", "--output", "json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in ((string, string)[])[("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x"), ("AWS_DISABLE_HOST_PREFIX_INJECTION", "true"), ("AWS_PAGER", "")]) start.Environment[name] = value;
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            Assert.Skip($"The AWS CLI is not here: {problem.Message}");
        }

        using (process)
        {
            var output = process!.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            using var limit = new CancellationTokenSource(Limit);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? JsonValue.Parse((await output) is { Length: > 0 } text ? text : "null") : throw new InvalidOperationException(await error);
        }
    }
}
