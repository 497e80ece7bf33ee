using System.Diagnostics;
using System.Text;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests.Terminal;

/// <summary><c>serve</c> of a workflow program, in a process of its own.</summary>
public sealed class ServeTests : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly string folder = Directory.CreateTempSubdirectory("orkestra-serve").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_program_serves_its_workflow_and_keeps_executions()
    {
        string arn;
        await using (var server = await Server.StartAsync(folder))
        {
            var machines = await server.CallAsync("ListStateMachines", JsonObject.Empty);
            machines["stateMachines"]![0]!["name"].ShouldBe((JsonValue)"HelloOrkestra");
            var started = await server.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", machines["stateMachines"]![0]!["stateMachineArn"]!), ("name", "one")));
            arn = ((JsonString)started["executionArn"]!).Value;
            (await server.EndOfAsync(arn))["output"].ShouldBe((JsonValue)"\"goodbye\"");
        }

        await using var again = await Server.StartAsync(folder);
        (await again.EndOfAsync(arn))["status"].ShouldBe((JsonValue)"SUCCEEDED");
    }

    [Fact]
    public async Task Calls_of_services_go_to_the_invoker_among_the_services_of_the_program()
    {
        await using var server = await Server.StartAsync(folder, "OrdersProcess", "OrderProcess");
        var input = """{"id":"S-1","customer":"ada@example.com","delivery":{"$type":"pickup","store":"Lyon"},"lines":[{"item":"lantern","quantity":1}]}""";
        var machine = (await server.CallAsync("ListStateMachines", JsonObject.Empty))["stateMachines"].ShouldBeOfType<JsonArray>().Single(machine => machine["name"] == (JsonValue)"OrderProcess");
        var started = await server.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", machine["stateMachineArn"]!), ("input", input)));
        var end = await server.EndOfAsync(((JsonString)started["executionArn"]!).Value);
        end["output"].ShouldBe((JsonValue)"""{"orderId":"S-1","isDelivered":true,"message":"Order S-1 was delivered, tracked as shelf in Lyon"}""");
    }

    [Fact]
    public async Task Schedules_of_the_program_are_shown_and_start_its_workflow()
    {
        await using var server = await Server.StartAsync(folder, "Orkestra.CommandLine.WaitingProgram", "Waiting", "scheduled");
        var schedule = JsonValue.Parse(await server.GetAsync("/api/v1/schedules"))["schedules"].ShouldBeOfType<JsonArray>().Single();
        (schedule["name"], schedule["workflow"], schedule["expression"]).ShouldBe(((JsonValue)"Waiting", (JsonValue)"Waiting", (JsonValue)"cron(0 8 * * ? *)"));
        schedule["next"].ShouldNotBeNull();
        await server.PostAsync("/schedules/Waiting/run");
        var machine = (await server.CallAsync("ListStateMachines", JsonObject.Empty))["stateMachines"]!.ShouldBeOfType<JsonArray>().Single(machine => machine["name"] == (JsonValue)"Waiting");
        var runs = await server.CallAsync("ListExecutions", JsonObject.Create(("stateMachineArn", machine["stateMachineArn"]!)));
        ((JsonString)runs["executions"]![0]!["name"]!).Value.ShouldStartWith("Waiting-now-");
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why()
    {
        var run = await HostRun.OfAsync<HelloOrkestra>("serve", "--listen", "0.0.0.0", "--data", folder);
        (run.ExitCode, run.Output, run.Error).ShouldBe((2, "", "Other machines can reach 0.0.0.0. Set --token to a secret that callers present, or listen on 127.0.0.1.\n"));
    }

    sealed class Server : IAsyncDisposable
    {
        readonly Process process;
        readonly HttpClient client;

        Server(Process process, string address)
        {
            this.process = process;
            client = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience };
        }

        internal static async Task<Server> StartAsync(string data, string program = "HelloOrkestra", string machine = "HelloOrkestra", params string[] first)
        {
            var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
            foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, $"{program}.dll"), .. first, "serve", "--port", "0", "--data", data, "--json"]) start.ArgumentList.Add(argument);
            // Polls and waits take no time.
            start.Environment["WAIT_TIME_SCALE"] = "0";
            var process = Process.Start(start)!;
            using var patience = new CancellationTokenSource(Patience);
            var line = await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException($"The program ended with {process.ExitCode}.");
            var json = JsonValue.Parse(line);
            json["stateMachine"].ShouldBe((JsonValue)machine);
            return new Server(process, ((JsonString)json["endpoint"]!).Value);
        }

        internal async Task<JsonValue> CallAsync(string action, JsonObject request)
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new StringContent(request.ToJson(), Encoding.UTF8, "application/x-amz-json-1.0") };
            message.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{action}");
            using var response = await client.SendAsync(message);
            var text = await response.Content.ReadAsStringAsync();
            response.IsSuccessStatusCode.ShouldBeTrue(text);
            return JsonValue.Parse(text);
        }

        internal Task<string> GetAsync(string path) => client.GetStringAsync(path);

        internal async Task PostAsync(string path)
        {
            using var response = await client.PostAsync(path, new FormUrlEncodedContent([]));
            response.IsSuccessStatusCode.ShouldBeTrue();
        }

        internal async Task<JsonValue> EndOfAsync(string arn)
        {
            using var patience = new CancellationTokenSource(Patience);
            while (true)
            {
                var execution = await CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)));
                if (execution["status"] != (JsonValue)"RUNNING") return execution;
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, patience.Token);
            }
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
