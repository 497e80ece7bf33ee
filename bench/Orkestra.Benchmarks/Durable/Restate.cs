using System.Diagnostics;
using System.Net.Http.Json;
using Orkestra.Expressions.Data;

namespace Orkestra.Benchmarks.Durable;

/// <summary>Restate's server and the service of ten steps, started as <c>run-peers.sh</c> does.</summary>
static class Restate
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static IReadOnlyList<JsonObject> Measure(Peer peer)
    {
        var data = Directory.CreateTempSubdirectory("orkestra-restate-").FullName;
        var modules = Path.Combine(peer.Folder, "restate", "node_modules");
        if (!Path.Exists(modules)) Directory.CreateSymbolicLink(modules, Path.Combine(peer.Folder, "peers", "node_modules"));
        var server = Path.Combine(peer.Folder, "peers", "node_modules", "@restatedev", "restate-server-linux-x64", "bin", "restate-server");
        using var serving = Start(server, data, "--no-logo", "--base-dir", data);
        using var service = Start(peer.Node, data, Path.Combine(peer.Folder, "restate", "service.mjs"));
        try
        {
            Register();
            return peer.Run("restate/bench.mjs", "default-durable");
        }
        finally
        {
            foreach (var process in new[] { service, serving })
            {
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            Directory.Delete(data, recursive: true);
        }
    }

    static void Register()
    {
        using var client = new HttpClient();
        for (var clock = Stopwatch.StartNew(); ;)
        {
            try
            {
                if (client.GetAsync(new Uri("http://127.0.0.1:9070/health")).GetAwaiter().GetResult().IsSuccessStatusCode
                    && client.PostAsJsonAsync(new Uri("http://127.0.0.1:9070/deployments"), new { uri = "http://127.0.0.1:9080" }).GetAwaiter().GetResult().IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (clock.Elapsed < Patience)
            {
            }

            if (clock.Elapsed > Patience) throw new InvalidOperationException("Restate does not answer.");
            Thread.Sleep(200);
        }
    }

    static Process Start(string program, string folder, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
