using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Tests;

/// <summary><c>orkestra local</c> in this process, on a port of its own.</summary>
sealed class ToolServer : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly Task<int> run;

    ToolServer(Task<int> run, CancellationTokenSource stop, string address)
    {
        this.run = run;
        this.stop = stop;
        Address = address;
    }

    internal string Address { get; }

    internal static async Task<ToolServer> StartAsync(params string[] args)
    {
        var stop = new CancellationTokenSource();
        var output = new LineWriter();
        var error = new StringWriter();
        var streams = new ToolStreams(output, error, IsOutputTerminal: false, () => Stream.Null);
        var run = Task.Run(() => OrkestraTool.RunAsync(["local", "--port", "0", .. args], streams, stop.Token));
        var first = output.NextAsync().AsTask();
        await Task.WhenAny(first, run).WaitAsync(ToolRun.Patience);
        if (!first.IsCompleted) throw new InvalidOperationException($"The server ended with {await run}: {error}");
        const string Begin = "Step Functions listens on ";
        return (await first).StartsWith(Begin, StringComparison.Ordinal) ? new ToolServer(run, stop, (await first)[Begin.Length..]) : throw new InvalidOperationException(await first);
    }

    internal Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => ToolRun.RunAsync([.. args, "--endpoint", Address]);

    /// <summary>Calls an action that no command has.</summary>
    internal async Task<JsonValue> CallAsync(string action, JsonObject request)
    {
        using var client = new EndpointClient(new Uri(Address), null);
        return await client.CallAsync(action, request, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run.WaitAsync(ToolRun.Patience);
        stop.Dispose();
    }
}
