using System.CommandLine;
using Orkestra.Cli.Output;
using Orkestra.Cli.Remote;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Histories;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra show</c>: an execution, and how it went through its states.</summary>
internal static class ShowCommand
{
    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var id = new Argument<string>("ID") { Description = "An execution, by ARN or name." };
        var command = new Command("show", "Shows the status and data of an execution, and its states with their times, attempts and errors. The exit code is 1 if the execution did not succeed.") { id };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var arn = await client.ExecutionAsync(parsed.GetValue(id)!, cancellation).ConfigureAwait(false);
            var execution = await client.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)), cancellation).ConfigureAwait(false);
            var tree = new HistoryTree();
            foreach (var happened in await client.HistoryAsync(arn, cancellation).ConfigureAwait(false)) tree.Apply(HistoryFact.Of(happened));
            if (parsed.GetValue(remote.Json))
            {
                await streams.Output.WriteLineAsync(((JsonObject)execution).With("states", JsonArray.Create(tree.Visits.Select(visit => (JsonValue)VisitText.ToJson(visit)))).ToJson()).ConfigureAwait(false);
            }
            else
            {
                foreach (var (title, field) in ((string, string)[])[("execution", "executionArn"), ("status", "status"), ("started", "startDate"), ("stopped", "stopDate"), ("error", "error"), ("cause", "cause"), ("input", "input"), ("output", "output")])
                {
                    if (execution[field] is { } value) await streams.Output.WriteLineAsync($"{title,-9} {(value is JsonNumber ? EndpointClient.Time(value) : ((JsonString)value).Value)}").ConfigureAwait(false);
                }

                foreach (var visit in tree.Visits) await streams.Output.WriteLineAsync(VisitText.Line(visit)).ConfigureAwait(false);
            }

            return EndpointClient.Text(execution, "status") is "RUNNING" or "SUCCEEDED" ? ToolExitCode.Success : ToolExitCode.Failure;
        });
    }
}
