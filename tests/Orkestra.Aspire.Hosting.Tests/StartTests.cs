using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Shouldly;
using Xunit;

namespace Orkestra.Aspire.Hosting.Tests;

/// <summary>An app host that starts the tool.</summary>
public sealed class StartTests
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task It_serves_state_machines_to_what_refers_to_it_and_sends_traces()
    {
        AppHost.SkipWhereNothingStarts();
        using var receiver = new TraceReceiver();
        var builder = AppHost.Create($"--ASPIRE_DASHBOARD_OTLP_HTTP_ENDPOINT_URL={receiver.Address}");
        var workflows = builder.AddOrkestra("workflows", command: AppHost.Tool).WithStateMachine(AppHost.Definition).WithOtlpExporter(OtlpProtocol.HttpProtobuf);
        builder.AddExecutable("client", AppHost.Tool, ".", "start", "Double", "--input", """{"n":21}""", "--wait").WithReference(workflows).WaitFor(workflows);
        await using var app = await builder.BuildAsync().WaitAsync(Limit);
        await app.StartAsync().WaitAsync(Limit);

        await app.ResourceNotifications.WaitForResourceHealthyAsync("workflows").WaitAsync(Limit);
        var ended = await app.ResourceNotifications.WaitForResourceAsync("client", found => KnownResourceStates.TerminalStates.Contains(found.Snapshot.State?.Text)).WaitAsync(Limit);
        ended.Snapshot.State?.Text.ShouldBe(KnownResourceStates.Finished);
        ended.Snapshot.ExitCode.ShouldBe(0);

        using var http = app.CreateHttpClient("workflows");
        (await http.GetStringAsync("/").WaitAsync(Limit)).ShouldContain("Double");
        var execution = (await CallAsync(http, "ListExecutions", """{"stateMachineArn":"arn:aws:states:us-east-1:123456789012:stateMachine:Double"}"""))["executions"]!.AsArray().Single()!;
        ((string?)execution["status"]).ShouldBe("SUCCEEDED");

        (await receiver.Traces.WaitAsync(Limit)).ShouldContain("Double");
        await app.StopAsync().WaitAsync(Limit);
    }

    static async Task<JsonNode> CallAsync(HttpClient http, string action, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        content.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{action}");
        using var response = await http.PostAsync("/", content).WaitAsync(Limit);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
