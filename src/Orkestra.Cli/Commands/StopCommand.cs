using System.CommandLine;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra stop</c>: stops an execution.</summary>
internal static class StopCommand
{
    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var id = new Argument<string>("ID") { Description = "An execution, by ARN or name." };
        var error = new Option<string?>("--error") { Description = "The error it ends with.", HelpName = "NAME" };
        var cause = new Option<string?>("--cause") { Description = "The cause it ends with.", HelpName = "TEXT" };
        var command = new Command("stop", "Stops an execution, which then ends as ABORTED.") { id, error, cause };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var request = JsonObject.Create(("executionArn", await client.ExecutionAsync(parsed.GetValue(id)!, cancellation).ConfigureAwait(false)));
            if (parsed.GetValue(error) is { } name) request = request.With("error", name);
            if (parsed.GetValue(cause) is { } text) request = request.With("cause", text);
            var stopped = await client.CallAsync("StopExecution", request, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(remote.Json)) await streams.Output.WriteLineAsync(stopped.ToJson()).ConfigureAwait(false);
            return ToolExitCode.Success;
        });
    }
}
