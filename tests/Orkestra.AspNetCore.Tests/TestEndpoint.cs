using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Local;
using Shouldly;

namespace Orkestra.AspNetCore.Tests;

/// <summary>An app with the endpoint, on a port of its own, and a client that speaks AWS JSON 1.0.</summary>
sealed class TestEndpoint : IAsyncDisposable
{
    internal const string Role = "arn:aws:iam::000000000000:role/test";
    internal const string Pass = """{"StartAt":"Answer","States":{"Answer":{"Type":"Pass","Result":7,"End":true}}}""";
    internal const string Wait = """{"StartAt":"Rest","States":{"Rest":{"Type":"Wait","Seconds":3600,"End":true}}}""";
    internal const string Fail = """{"StartAt":"Stop","States":{"Stop":{"Type":"Fail","Error":"Broken","Cause":"by design"}}}""";

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    readonly WebApplication app;

    TestEndpoint(WebApplication app)
    {
        this.app = app;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Client = new HttpClient { BaseAddress = Address, Timeout = Patience };
    }

    internal Uri Address { get; }

    internal HttpClient Client { get; }

    internal OrkestraRuntime Runtime => app.Services.GetRequiredService<OrkestraRuntime>();

    internal static async Task<TestEndpoint> StartAsync(
        Action<OrkestraBuilder>? orkestra = null, Action<StepFunctionsOptions>? options = null, Action<StepFunctionsEndpointOptions>? endpoint = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        builder.Services.AddOrkestra(orkestra);
        builder.Services.AddStepFunctions(options);
        var app = builder.Build();
        app.MapStepFunctions("/", endpoint);
        await app.StartAsync();
        return new TestEndpoint(app);
    }

    /// <summary>Sends a request and gives the response of an action that succeeds.</summary>
    internal async Task<JsonValue> CallAsync(string action, params (string Name, JsonValue Value)[] members)
    {
        var (status, answer) = await SendAsync(action, JsonObject.Create(members).ToJson());
        status.ShouldBe(HttpStatusCode.OK, answer.ToJson());
        return answer;
    }

    /// <summary>Sends a request that is refused.</summary>
    internal async Task<(string Code, string Message)> RefusalAsync(string action, params (string Name, JsonValue Value)[] members)
    {
        var (status, answer) = await SendAsync(action, JsonObject.Create(members).ToJson());
        status.ShouldBe(HttpStatusCode.BadRequest, answer.ToJson());
        return (((JsonString)answer["__type"]!).Value, ((JsonString)answer["message"]!).Value);
    }

    internal async Task<(HttpStatusCode Status, JsonValue Answer)> SendAsync(string action, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0") };
        request.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{action}");
        using var response = await Client.SendAsync(request);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/x-amz-json-1.0");
        Guid.TryParse(response.Headers.GetValues("x-amzn-RequestId").Single(), out _).ShouldBeTrue();
        return (response.StatusCode, JsonValue.Parse(await response.Content.ReadAsByteArrayAsync()));
    }

    /// <summary>Creates a state machine and gives its ARN.</summary>
    internal async Task<string> MachineAsync(string name, string definition = Pass, string type = "STANDARD") =>
        TextOf(await CallAsync("CreateStateMachine", ("name", name), ("definition", definition), ("roleArn", Role), ("type", type)), "stateMachineArn");

    /// <summary>Starts an execution and gives its ARN.</summary>
    internal async Task<string> StartAsync(string machineArn, string? name = null) =>
        TextOf(await CallAsync("StartExecution", [("stateMachineArn", machineArn), .. name is null ? Array.Empty<(string, JsonValue)>() : [("name", name)]]), "executionArn");

    /// <summary>Reads an execution until it ends.</summary>
    internal async Task<JsonValue> EndOfAsync(string executionArn)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var execution = await CallAsync("DescribeExecution", ("executionArn", executionArn));
            if (execution["status"] != (JsonValue)"RUNNING") return execution;
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    internal static string TextOf(JsonValue json, string name) => ((JsonString)json[name]!).Value;

    internal static string[] TextsOf(JsonValue json, string list, string name) => [.. ((IEnumerable<JsonValue>)(JsonArray)json[list]!).Select(item => TextOf(item, name))];

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
