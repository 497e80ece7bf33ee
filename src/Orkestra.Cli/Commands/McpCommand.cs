using System.CommandLine;
using ModelContextProtocol.Server;
using Orkestra.Cli.Mcp;
using Orkestra.Cli.Remote;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra mcp</c>: the tool for agents, over the Model Context Protocol.</summary>
internal static class McpCommand
{
    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var changes = new Option<bool>("--allow-changes") { Description = "Offers tools that start, rerun and stop executions. By default, all tools only read." };
        var command = new Command("mcp", "Serves the Model Context Protocol on standard input and output, for agents. It validates, runs and draws definitions, evaluates expressions, and shows and explains executions.") { changes };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var transport = new StdioServerTransport("orkestra");
            await using (transport.ConfigureAwait(false))
            {
                var server = McpServer.Create(transport, McpTools.Options(client, streams, parsed.GetValue(changes)));
                await using (server.ConfigureAwait(false)) await server.RunAsync(cancellation).ConfigureAwait(false);
            }

            return ToolExitCode.Success;
        });
    }
}
