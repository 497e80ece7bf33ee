using System.CommandLine;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra redrive</c>: begins an execution again where it failed.</summary>
internal static class RedriveCommand
{
    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var id = new Argument<string>("ID") { Description = "An execution that did not succeed, by ARN or name." };
        var command = new Command("redrive", "Restarts an execution where it failed. States that succeeded do not run again.") { id };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var arn = await client.ExecutionAsync(parsed.GetValue(id)!, cancellation).ConfigureAwait(false);
            var redriven = await client.CallAsync("RedriveExecution", JsonObject.Create(("executionArn", arn)), cancellation).ConfigureAwait(false);
            if (parsed.GetValue(remote.Json)) await streams.Output.WriteLineAsync(redriven.ToJson()).ConfigureAwait(false);
            return ToolExitCode.Success;
        });
    }
}
