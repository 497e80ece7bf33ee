using System.CommandLine;
using Orkestra.Cli.Remote;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra rerun</c>: starts an execution like another one.</summary>
internal static class RerunCommand
{
    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var id = new Argument<string>("ID") { Description = "An execution, by ARN or name." };
        var from = new Option<string?>("--from") { Description = "The state of the outermost level to begin with; its input is the one it had last, unless --input is given, and the variables are those that were set then. AWS cannot do this.", HelpName = "STATE" };
        var input = new Option<string?>("--input") { Description = "Another input: a file, JSON text, or - for standard input.", HelpName = "FILE|JSON|-" };
        var name = new Option<string?>("--name") { Description = "The name of the new execution. The default is the name of the original with a suffix.", HelpName = "NAME" };
        var command = new Command("rerun", "Starts a new execution with the input of another one and the current definition, and writes its ARN.") { id, from, input, name };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var arn = await client.ExecutionAsync(parsed.GetValue(id)!, cancellation).ConfigureAwait(false);
            var given = parsed.GetValue(input) is { } text ? ToolInput.Json(text, streams).ToJson() : null;
            var started = await ExecutionAgain.StartAsync(client, arn, given, parsed.GetValue(from), parsed.GetValue(name), cancellation).ConfigureAwait(false);
            await streams.Output.WriteLineAsync(parsed.GetValue(remote.Json) ? started.ToJson() : EndpointClient.Text(started, "executionArn")).ConfigureAwait(false);
            return ToolExitCode.Success;
        });
    }
}
