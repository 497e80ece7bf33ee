using System.Diagnostics;
using System.Globalization;
using Orkestra.Expressions.Data;
using Orkestra.Lambda.Emulator;

namespace Orkestra.Benchmarks.Http;

/// <summary>
/// StartExecution over HTTP, with <c>orkestra local --data</c> in a process of its own: as many as it takes, and 1,000 a second with a given rate; then executions that wait, and
/// how long the server takes to have them again after it was killed. Beside moto's server where <c>moto_server</c> is on the path.
/// </summary>
static class HttpBenchmarks
{
    const string Role = "arn:aws:iam::123456789012:role/bench";
    const string Answer = """{"StartAt":"Answer","States":{"Answer":{"Type":"Pass","Result":7,"End":true}}}""";
    const string Wait = """{"StartAt":"Wait","States":{"Wait":{"Type":"Wait","Seconds":86400,"End":true}}}""";

    /// <param name="arguments">SECONDS of each load, WAITING executions, and the path of the tool's assembly.</param>
    internal static async Task RunAsync(string[] arguments)
    {
        var seconds = Number(arguments, 0, 20);
        var waiting = Number(arguments, 1, 100_000);
        var tool = arguments.ElementAtOrDefault(2) ?? Path.Combine(AppContext.BaseDirectory, "..", "..", "Orkestra.Cli", "release", "Orkestra.Cli.dll");
        if (!File.Exists(tool)) throw new ArgumentException($"The tool is not in '{tool}'. Build it: dotnet build -c Release src/Orkestra.Cli");
        var data = Directory.CreateTempSubdirectory("orkestra-http").FullName;
        try
        {
            using (var server = await ToolAsync(tool, data))
            {
                await LoadAsync("orkestra local --data, 1 in flight", server, Answer, seconds, inFlight: 1, rate: 0);
                await LoadAsync("orkestra local --data, 64 in flight", server, Answer, seconds, inFlight: 64, rate: 0);
                await LoadAsync("orkestra local --data, 1,000 a second", server, Answer, seconds, inFlight: 256, rate: 1_000);
            }

            await WaitingAsync(tool, Path.Combine(data, "waiting"), waiting);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }

        if (await MotoAsync() is not { } moto) return;
        using (moto)
        {
            await LoadAsync("moto_server, 1 in flight", moto, Answer, seconds, inFlight: 1, rate: 0);
            await LoadAsync("moto_server, 64 in flight", moto, Answer, seconds, inFlight: 64, rate: 0);
        }
    }

    static async Task WaitingAsync(string tool, string data, int count)
    {
        long before;
        var clock = Stopwatch.StartNew();
        using (var server = await ToolAsync(tool, data))
        {
            var machine = await MachineAsync(server, Wait);
            var starts = new Latencies();
            clock.Restart();
            await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            {
                var began = Stopwatch.GetTimestamp();
                await server.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", machine), ("name", string.Create(CultureInfo.InvariantCulture, $"order-{i}")), ("input", "{}")));
                lock (starts) starts.Add(Stopwatch.GetTimestamp() - began);
            });
            clock.Stop();
            before = server.ResidentBytes;
            Write(new JsonObject.Builder()
                .Set("nm", "executions that wait, started over HTTP").Set("n", count).Set("starts_s", Figures.Rounded(count / clock.Elapsed.TotalSeconds))
                .Set("p99_ms", Figures.Rounded(starts.Milliseconds(0.99))).Set("rssMB", before >> 20));
            server.Kill();
        }

        using var again = await ToolAsync(tool, data);
        var found = await again.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", $"arn:aws:states:us-east-1:123456789012:execution:bench:order-{count - 1}")));
        if (found["status"] != (JsonValue)"RUNNING") throw new InvalidOperationException($"An execution was lost: {found.ToJson()}");
        Write(new JsonObject.Builder()
            .Set("nm", "after SIGKILL: start of the process until it answers, with all of them resumed").Set("n", count)
            .Set("ready_ms", Figures.Rounded(again.Ready.TotalMilliseconds)).Set("rssMB", again.ResidentBytes >> 20));
    }

    static async Task LoadAsync(string name, ServedProcess server, string definition, int seconds, int inFlight, int rate)
    {
        var machine = await MachineAsync(server, definition);
        var latencies = new Latencies();
        var run = Guid.NewGuid().ToString("N")[..8];
        var next = 0;
        var clock = Stopwatch.StartNew();
        var length = TimeSpan.FromSeconds(seconds);
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(async _ =>
        {
            while (true)
            {
                var number = Interlocked.Increment(ref next);
                // With a rate, a start is due at its own time, and waiting for a free place counts.
                var due = rate == 0 ? clock.Elapsed : TimeSpan.FromSeconds((double)number / rate);
                if (due >= length) return;
                if (due - clock.Elapsed is { Ticks: > 0 } early) await Task.Delay(early);
                await server.CallAsync("StartExecution", JsonObject.Create(("stateMachineArn", machine), ("name", string.Create(CultureInfo.InvariantCulture, $"{run}-{number}")), ("input", "{}")));
                lock (latencies) latencies.Add((clock.Elapsed - due).Ticks * Stopwatch.Frequency / TimeSpan.TicksPerSecond);
            }
        }));
        Write(new JsonObject.Builder()
            .Set("nm", name).Set("n", latencies.Count).Set("starts_s", Figures.Rounded(latencies.Count / clock.Elapsed.TotalSeconds)).Set("p50_ms", Figures.Rounded(latencies.Milliseconds(0.5)))
            .Set("p99_ms", Figures.Rounded(latencies.Milliseconds(0.99))).Set("rssMB", server.ResidentBytes >> 20));
    }

    static async Task<string> MachineAsync(ServedProcess server, string definition) => ((JsonString)(await server.CallAsync(
        "CreateStateMachine", JsonObject.Create(("name", "bench"), ("definition", definition), ("roleArn", Role))))["stateMachineArn"]!).Value;

    static Task<ServedProcess> ToolAsync(string tool, string data)
    {
        var port = FreePort.Find();
        return ServedProcess.StartAsync("dotnet", [tool, "local", "--data", data, "--port", port.ToString(CultureInfo.InvariantCulture)], port);
    }

    static async Task<ServedProcess?> MotoAsync()
    {
        var port = FreePort.Find();
        try
        {
            return await ServedProcess.StartAsync("moto_server", ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)], port);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            await Console.Error.WriteLineAsync("moto_server is not on the path: no peer.");
            return null;
        }
    }

    static int Number(string[] arguments, int at, int otherwise) => int.TryParse(arguments.ElementAtOrDefault(at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;

    static void Write(JsonObject.Builder row) => Console.WriteLine(row.Build().ToJson());
}
