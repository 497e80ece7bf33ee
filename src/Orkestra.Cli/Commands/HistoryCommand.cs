using System.CommandLine;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra history</c>: the events of an execution.</summary>
internal static class HistoryCommand
{
    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var id = new Argument<string>("ID") { Description = "An execution, by ARN or name." };
        var command = new Command("history", "Lists the events of an execution; with --json one JSON object a line.") { id };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var arn = await client.ExecutionAsync(parsed.GetValue(id)!, cancellation).ConfigureAwait(false);
            await foreach (var happened in client.ListAsync("GetExecutionHistory", JsonObject.Create(("executionArn", arn), ("maxResults", 1000)), "events", cancellation).ConfigureAwait(false))
            {
                var name = ((JsonObject)happened).Select(member => (member.Value as JsonObject is { } details ? details.GetValueOrDefault("name") : null) as JsonString).FirstOrDefault(found => found is not null)?.Value;
                await streams.Output.WriteLineAsync(parsed.GetValue(remote.Json) ? happened.ToJson()
                    : $"{happened["id"]}\t{EndpointClient.Time(happened["timestamp"])}\t{EndpointClient.Text(happened, "type")}\t{name}").ConfigureAwait(false);
            }

            return ToolExitCode.Success;
        });
    }
}
