using System.CommandLine;
using System.Globalization;
using Orkestra.Cli.Remote;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Histories;
using Orkestra.Hosting.Logging;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra logs</c>: what an execution logs, whether or not its state machine has a log group.</summary>
internal static class LogsCommand
{
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var id = new Argument<string>("ID") { Description = "An execution, by ARN or name." };
        var level = new Option<ExecutionLogLevel>("--level") { Description = "all, error or fatal; all by default.", DefaultValueFactory = _ => ExecutionLogLevel.All };
        var data = new Option<bool>("--data") { Description = "With inputs, outputs and results." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Goes on until the execution ends." };
        var command = new Command("logs", "Writes what an execution logs, one record a line; with --json in the shape of CloudWatch Logs.") { id, level, data, follow };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var arn = await client.ExecutionAsync(parsed.GetValue(id)!, cancellation).ConfigureAwait(false);
            var seen = 0;
            while (true)
            {
                // First: what happens until the events are read is seen, too.
                var execution = await client.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)), cancellation).ConfigureAwait(false);
                var events = await client.HistoryAsync(arn, cancellation).ConfigureAwait(false);
                foreach (var happened in events.Skip(seen))
                {
                    var record = Record(happened, arn, parsed.GetValue(data));
                    if (IsLogged(record, parsed.GetValue(level))) await streams.Output.WriteLineAsync(parsed.GetValue(remote.Json) ? record.ToJson() : Line(record)).ConfigureAwait(false);
                }

                seen = events.Count;
                if (!parsed.GetValue(follow) || EndpointClient.Text(execution, "status") != "RUNNING") return ToolExitCode.Success;
                await Task.Delay(Poll, TimeProvider.System, cancellation).ConfigureAwait(false);
            }
        });
    }

    // A type this version does not know is logged with everything.
    static bool IsLogged(JsonValue record, ExecutionLogLevel level) =>
        level != ExecutionLogLevel.Off && (!Enum.TryParse<HistoryEventType>(EndpointClient.Text(record, "type"), out var type) ? level == ExecutionLogLevel.All : LogRecord.LevelOf(type) <= level);

    static JsonObject Record(JsonObject happened, string arn, bool includesData)
    {
        JsonValue json = happened;
        var details = HistoryFact.DetailsOf(happened);
        return JsonObject.Create(
            ("id", json["id"]!.ToJson()),
            ("type", json["type"]!),
            ("details", includesData ? details : LogRecord.WithoutData(details)),
            ("previous_event_id", (json["previousEventId"] ?? 0).ToJson()),
            ("event_timestamp", ((long)Math.Round(((JsonNumber)json["timestamp"]!).Value * 1000)).ToString(CultureInfo.InvariantCulture)),
            ("execution_arn", arn));
    }

    static string Line(JsonValue record)
    {
        var details = record["details"]!;
        var time = DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(EndpointClient.Text(record, "event_timestamp"), CultureInfo.InvariantCulture));
        var text = $"{time.ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)}  {EndpointClient.Text(record, "type")}";
        if (EndpointClient.Text(details, "name") is { Length: > 0 } name) text += $"  {name}";
        foreach (var field in (string[])["error", "cause", "input", "parameters", "output", "result"])
        {
            if (details[field] is JsonString value) text += $"  {field}: {value.Value.ReplaceLineEndings(" ")}";
        }

        return text;
    }
}
