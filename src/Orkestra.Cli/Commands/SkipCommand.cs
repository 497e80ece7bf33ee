using System.CommandLine;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra skip</c>: moves an execution on to its next timer.</summary>
internal static class SkipCommand
{
    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var id = new Argument<string>("ID") { Description = "An execution that waits, by ARN or name." };
        var command = new Command("skip", "Skips the time until the next timer of a waiting execution: the end of a Wait, the next attempt, or a timeout. Not available on AWS.") { id };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var arn = await client.ExecutionAsync(parsed.GetValue(id)!, cancellation).ConfigureAwait(false);
            var skipped = await client.CallAsync("Orkestra.SkipWait", JsonObject.Create(("executionArn", arn)), cancellation).ConfigureAwait(false);
            await streams.Output.WriteLineAsync(parsed.GetValue(remote.Json) ? skipped.ToJson() : $"skipped to {EndpointClient.Time(skipped["skippedTo"])}").ConfigureAwait(false);
            return ToolExitCode.Success;
        });
    }
}
