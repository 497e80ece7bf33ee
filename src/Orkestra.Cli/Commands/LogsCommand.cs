using System.CommandLine;
using System.Globalization;
using Orkestra.Cli.Remote;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Histories;
using Orkestra.Hosting.Logging;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra logs</c>: what an execution and its steps log, whether or not the state machine has a log group.</summary>
internal static class LogsCommand
{
    const string StepLog = "StepLog";

    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    internal static Command Create(ToolStreams streams, RemoteOptions remote)
    {
        var id = new Argument<string>("ID") { Description = "An execution, by ARN or name." };
        var level = new Option<ExecutionLogLevel>("--level") { Description = "all, error or fatal; all by default.", DefaultValueFactory = _ => ExecutionLogLevel.All };
        var data = new Option<bool>("--data") { Description = "Includes inputs, outputs and results." };
        var follow = new Option<bool>("--follow", "-f") { Description = "Continues until the execution ends." };
        var command = new Command("logs", "Writes what an execution and its steps log, one record a line; with --json in the shape of CloudWatch Logs. Lines of steps have the type StepLog; AWS has them in the log groups of the functions.") { id, level, data, follow };
        return remote.AddTo(command, async (parsed, client, cancellation) =>
        {
            var arn = await client.ExecutionAsync(parsed.GetValue(id)!, cancellation).ConfigureAwait(false);
            var seen = 0;
            var last = 0L;
            while (true)
            {
                // First: what happens until the events are read is seen, too.
                var execution = await client.CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)), cancellation).ConfigureAwait(false);
                var events = await client.HistoryAsync(arn, cancellation).ConfigureAwait(false);
                var records = events.Skip(seen).Select(happened => Record(happened, arn, parsed.GetValue(data))).ToList();
                var steps = new Queue<JsonObject>();
                last = await ReadStepsAsync(steps, client, arn, last, cancellation).ConfigureAwait(false);
                foreach (var record in Merged(records, steps))
                {
                    if (IsLogged(record, parsed.GetValue(level))) await streams.Output.WriteLineAsync(parsed.GetValue(remote.Json) ? record.ToJson() : Line(record)).ConfigureAwait(false);
                }

                seen = events.Count;
                if (!parsed.GetValue(follow) || EndpointClient.Text(execution, "status") != "RUNNING") return ToolExitCode.Success;
                await Task.Delay(Poll, TimeProvider.System, cancellation).ConfigureAwait(false);
            }
        });
    }

    // Times are milliseconds: of the events of one moment, those that led to a line come before it, and the one that ended its attempt after it.
    static IEnumerable<JsonObject> Merged(List<JsonObject> events, Queue<JsonObject> steps)
    {
        foreach (var happened in events)
        {
            while (steps.TryPeek(out var step) && (TimeOf(step) < TimeOf(happened) || (TimeOf(step) == TimeOf(happened) && EndsAttempt(happened)))) yield return steps.Dequeue();
            yield return happened;
        }

        foreach (var step in steps) yield return step;
    }

    static bool EndsAttempt(JsonObject happened) => EndpointClient.Text(happened, "type") is "TaskSucceeded" or "TaskFailed" or "TaskTimedOut" or "TaskSubmitted"
        or "ActivitySucceeded" or "ActivityFailed" or "ActivityTimedOut" or "LambdaFunctionSucceeded" or "LambdaFunctionFailed" or "LambdaFunctionTimedOut";

    static async Task<long> ReadStepsAsync(Queue<JsonObject> steps, EndpointClient client, string arn, long last, CancellationToken cancellation)
    {
        JsonValue? page;
        do
        {
            page = await client.TryCallAsync("Orkestra.ReadStepLogs", JsonObject.Create(("executionArn", arn), ("after", last)), cancellation).ConfigureAwait(false);
            foreach (var line in page?["lines"] is JsonArray lines ? (IEnumerable<JsonValue>)lines : [])
            {
                steps.Enqueue(Step(line, arn));
                last = (long)((JsonNumber)line["number"]!).Value;
            }
        }
        while (page is not null && page["isLast"] is JsonBoolean { Value: false });
        return last;
    }

    static JsonObject Step(JsonValue line, string arn)
    {
        var details = JsonObject.Create(("name", line["state"]!), ("attempt", line["attempt"]!), ("level", line["level"]!), ("category", line["category"]!), ("message", line["message"]!));
        if (line["exception"] is { } exception) details = details.With("exception", exception);
        var time = DateTimeOffset.Parse(EndpointClient.Text(line, "time"), CultureInfo.InvariantCulture);
        return JsonObject.Create(
            ("id", $"step-{line["number"]!.ToJson()}"), ("type", StepLog), ("details", details), ("previous_event_id", line["enteredEventId"]!.ToJson()),
            ("event_timestamp", time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)), ("execution_arn", arn));
    }

    static long TimeOf(JsonObject record) => long.Parse(EndpointClient.Text(record, "event_timestamp"), CultureInfo.InvariantCulture);

    // A type this version does not know is logged with everything.
    static bool IsLogged(JsonValue record, ExecutionLogLevel level) =>
        EndpointClient.Text(record, "type") == StepLog
            ? level >= (EndpointClient.Text(record["details"]!, "level") is "Error" or "Critical" ? ExecutionLogLevel.Error : ExecutionLogLevel.All)
            : level != ExecutionLogLevel.Off && (!Enum.TryParse<HistoryEventType>(EndpointClient.Text(record, "type"), out var type) ? level == ExecutionLogLevel.All : LogRecord.LevelOf(type) <= level);

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
        foreach (var field in (string[])["level", "category", "message", "exception", "error", "cause", "input", "parameters", "output", "result"])
        {
            if (details[field] is JsonString value) text += $"  {field}: {value.Value.ReplaceLineEndings(" ")}";
        }

        return text;
    }
}
