using System.Text;

namespace Orkestra.Cli.Tests;

/// <summary>One run of the tool in this process.</summary>
static class ToolRun
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    internal static Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync("", args);

    internal static async Task<(int Code, string Output, string Error)> RunAsync(string input, string[] args)
    {
        var output = new StringWriter { NewLine = "\n" };
        var error = new StringWriter { NewLine = "\n" };
        var streams = new ToolStreams(output, error, IsOutputTerminal: false, () => new MemoryStream(Encoding.UTF8.GetBytes(input)));
        var code = await OrkestraTool.RunAsync(args, streams, CancellationToken.None).WaitAsync(Patience);
        return (code, output.ToString(), error.ToString());
    }
}
