using System.Collections.Concurrent;
using Orkestra.Expressions.Data;
using Orkestra.Local;
using Shouldly;
using Xunit;
using static Orkestra.AspNetCore.Tests.TestEndpoint;

namespace Orkestra.AspNetCore.Tests;

/// <summary>What state machines with a <c>loggingConfiguration</c> log.</summary>
public sealed class LoggingTests
{
    const string Group = "arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/one:*";

    [Theory]
    [InlineData("ALL", true, "ExecutionStarted,PassStateEntered,PassStateExited,ExecutionSucceeded")]
    [InlineData("ALL", false, "ExecutionStarted,PassStateEntered,PassStateExited,ExecutionSucceeded")]
    [InlineData("ERROR", true, "")]
    [InlineData("OFF", true, "")]
    public async Task Records_have_the_shape_of_CloudWatch(string level, bool includesData, string expected)
    {
        var records = new ConcurrentQueue<(string Group, JsonValue Record)>();
        await using var endpoint = await TestEndpoint.StartAsync(options: options => options.WriteLog = (group, record) => records.Enqueue((group, record)));
        var arn = TextOf(await endpoint.CallAsync("CreateStateMachine", ("name", "one"), ("definition", Pass), ("roleArn", Role), ("type", "EXPRESS"), ("loggingConfiguration", JsonObject.Create(
            ("level", level), ("includeExecutionData", includesData), ("destinations", JsonValue.Parse($$"""[ { "cloudWatchLogsLogGroup": { "logGroupArn": "{{Group}}" } } ]"""))))), "stateMachineArn");
        await endpoint.CallAsync("StartSyncExecution", ("stateMachineArn", arn));
        string.Join(',', records.Select(record => TextOf(record.Record, "type"))).ShouldBe(expected);
        records.ShouldAllBe(record => record.Group == Group && (record.Record["details"]!["input"] == null || includesData));
    }

    [Fact]
    public void A_file_receives_a_line_a_record()
    {
        var path = Path.Combine(Path.GetTempPath(), $"orkestra-log-{Guid.NewGuid():N}");
        try
        {
            using (var log = new LogFile(path)) log.Write(Group, JsonObject.Create(("id", "1")));
            using (var log = new LogFile(path)) log.Write(Group, JsonObject.Create(("id", "2")));
            File.ReadAllLines(path).ShouldBe([.. Enumerable.Range(1, 2).Select(id => "{\"logGroup\":\"/aws/vendedlogs/one\",\"message\":{\"id\":\"" + id + "\"}}")]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
