using System.Text;
using System.Threading.Channels;

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
        var output = new Lines();
        var error = new StringWriter();
        var streams = new ToolStreams(output, error, IsOutputTerminal: false, () => Stream.Null);
        var run = Task.Run(() => OrkestraTool.RunAsync(["local", "--port", "0", .. args], streams, stop.Token));
        var first = output.Channel.Reader.ReadAsync().AsTask();
        await Task.WhenAny(first, run).WaitAsync(ToolRun.Patience);
        if (!first.IsCompleted) throw new InvalidOperationException($"The server ended with {await run}: {error}");
        const string Begin = "Step Functions listens on ";
        return (await first).StartsWith(Begin, StringComparison.Ordinal) ? new ToolServer(run, stop, (await first)[Begin.Length..]) : throw new InvalidOperationException(await first);
    }

    internal Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => ToolRun.RunAsync([.. args, "--endpoint", Address]);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await run.WaitAsync(ToolRun.Patience);
        stop.Dispose();
    }

    sealed class Lines : TextWriter
    {
        internal Channel<string> Channel { get; } = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public override Encoding Encoding => Encoding.UTF8;

        public override void WriteLine(string? value) => Channel.Writer.TryWrite(value ?? "");

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }
}
