using System.Globalization;
using System.Text.RegularExpressions;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Logging;
using Orkestra.Hosting.Objects;
using Orkestra.Hosting.Storage;

namespace Orkestra.Conformance.Answers;

/// <summary>Runs a definition on the engine. Only what stands outside the engine is taken from the case: the answers of tasks, objects, and what was done to the execution.</summary>
sealed partial class ExecutionAnswers : IAnswerer
{
    /// <summary>In the data the activity's ARN is this word; the engine is given an ARN.</summary>
    const string ActivityWord = "activity_arn";

    internal const string ActivityArn = "arn:aws:states:us-east-1:111111111111:activity:activity_arn";

    /// <summary>An execution that waits longer than this is reported as it stands.</summary>
    static readonly TimeSpan Horizon = TimeSpan.FromDays(364);

    public IReadOnlyCollection<string> Kinds => ["execution", "sync-execution"];

    public async ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase)
    {
        var run = await RunAsync(corpusCase);
        return run.Unfinished ?? Answer(corpusCase, run.Result);
    }

    /// <summary>Runs a case.</summary>
    /// <param name="corpusCase">The case.</param>
    /// <param name="store">Keeps its events; null for nobody.</param>
    /// <param name="around">Stands between the runner and what answers its tasks; null for nothing.</param>
    /// <param name="logging">What it logs; nothing when null.</param>
    internal static async Task<CaseRun> RunAsync(
        CorpusCase corpusCase, IExecutionStore? store = null, Func<ITaskInvoker, ITaskInvoker>? around = null, ExecutionLogging? logging = null)
    {
        var clock = new SkippingTimeProvider();
        var text = corpusCase.DefinitionText.Replace($"\"{ActivityWord}\"", $"\"{ActivityArn}\"", StringComparison.Ordinal);
        var plan = ExecutionPlan.Compile(AslReader.Read(text).Document!);
        var isStopped = CallsOf(corpusCase).Contains("stop_execution");
        var invoker = new ReplayInvoker(corpusCase, clock);
        var objects = await ObjectsOf(corpusCase);
        // What is stopped while it waits needs a clock that does not skip the wait.
        var runner = new OrkestraRuntime(
            around?.Invoke(invoker) ?? invoker, new OrkestraOptions { TimeProvider = isStopped ? new HeldClock() : clock, Objects = objects, Store = store });
        invoker.Runner = runner;
        var workers = Workers(corpusCase, runner);
        var options = new ExecutionOptions
        {
            Seed = 1,
            Type = corpusCase.Text("type") == "EXPRESS" ? StateMachineType.Express : StateMachineType.Standard,
            Machine = new MachineIdentity { AccountId = "111111111111" },
            Logging = logging,
        };
        var handle = await StartAsync(corpusCase, clock, runner, plan, options);
        if (isStopped) await handle.StopAsync();
        await workers;
        JsonValue? unfinished = null;
        await using (clock.CreateTimer(_ => unfinished = handle.Status == ExecutionStatus.Running ? Running(corpusCase, handle) : null, null, Horizon, Timeout.InfiniteTimeSpan))
        {
            var result = await handle.Completion.WaitAsync(TimeSpan.FromSeconds(60));
            return new CaseRun(plan, objects, result, unfinished);
        }
    }

    static async ValueTask<MemoryObjectStore> ObjectsOf(CorpusCase corpusCase)
    {
        var objects = new MemoryObjectStore();
        if (corpusCase.Json["s3Objects"] is not JsonArray list) return objects;
        foreach (var item in list.ToArray())
        {
            var content = System.Text.Encoding.UTF8.GetBytes(item["body"] is JsonString text ? text.Value : item["body"]!.ToJson());
            await objects.WriteAsync(((JsonString)item["bucket"]!).Value, ((JsonString)item["key"]!).Value, content, CancellationToken.None);
        }

        return objects;
    }

    // Each worker takes one task and ends it as recorded.
    static async Task Workers(CorpusCase corpusCase, OrkestraRuntime runner)
    {
        if (corpusCase.Json["activities"] is not JsonArray activities) return;
        runner.Activities.Create(ActivityArn);
        var recorded = corpusCase.Json["taskReplay"] is JsonArray { Count: > 0 } replay ? replay[0] : JsonObject.Empty;
        foreach (var activity in activities.ToArray())
        {
            var worker = (activity["consumer"]?["States"]?["GetActivityTask"]?["Parameters"]?["WorkerName"] as JsonString)?.Value;
            var task = await runner.Activities.GetTaskAsync(ActivityArn, worker);
            if (recorded["output"] is { } output) await runner.SendTaskSuccessAsync(task.TaskToken, output);
            else if (recorded["result"] != (JsonValue)"ActivityTimedOut") await runner.SendTaskFailureAsync(task.TaskToken, (recorded["error"] as JsonString)?.Value, recorded["cause"]?.ToJson());
        }
    }

    static Task<ExecutionHandle> StartAsync(CorpusCase corpusCase, SkippingTimeProvider clock, OrkestraRuntime runner, ExecutionPlan plan, ExecutionOptions options) =>
        runner.StartAsync(plan, InputOf(corpusCase, clock), options with { StartsOnCallingThread = true });

    static JsonObject Running(CorpusCase corpusCase, ExecutionHandle handle)
    {
        var answer = JsonObject.Create(("status", "RUNNING"), ("events", Events(corpusCase, handle.Snapshot.History)));
        _ = handle.StopAsync();
        return answer;
    }

    static JsonValue Answer(CorpusCase corpusCase, ExecutionResult result)
    {
        var answer = new JsonObject.Builder().Set("status", StatusOf(result.Status));
        if (result.Output is { } output) answer.Set("output", output);
        if (result.Error is { } error) answer.Set("error", error);
        if (result.Cause is { } cause) answer.Set("cause", cause);
        answer.Set("events", Events(corpusCase, result.History));
        return JsonValue.Parse(answer.Build().ToJson().Replace(ActivityArn, ActivityWord, StringComparison.Ordinal), new JsonReadOptions { MaxDepth = 10_000 });
    }

    static JsonArray Events(CorpusCase corpusCase, IEnumerable<HistoryEvent> history)
    {
        var events = history.Select(Parsed).ToList();
        // The upstream recorder lost these two types when it sorted the events of branches.
        if (corpusCase.Json.ContainsKey("parallelEventsNormalised"))
            events.RemoveAll(e => e["type"] == (JsonValue)"ParallelStateSucceeded" || e["type"] == (JsonValue)"ParallelStateFailed");
        if (corpusCase.Id.Contains("reverseOrder[True]", StringComparison.Ordinal)) events.Reverse();
        return JsonArray.Create(events);
    }

    // In the recorded events inputs, outputs, parameters and variables are parsed.
    static JsonValue Parsed(HistoryEvent happened)
    {
        var json = happened.ToJson();
        if (happened.DetailsName is not { } name || ((JsonValue)json)[name] is not JsonObject details) return json;
        foreach (var field in (string[])["input", "output", "parameters"])
        {
            if (details.ContainsKey(field) && happened.Value is { } value) details = details.With(field, value);
        }

        if (happened.AssignedVariables is { } variables) details = details.With("assignedVariables", variables);
        return json.With(name, details);
    }

    static string StatusOf(ExecutionStatus status) => status switch
    {
        ExecutionStatus.TimedOut => "TIMED_OUT",
        _ => status.ToString().ToUpperInvariant(),
    };

    static IEnumerable<string> CallsOf(CorpusCase corpusCase) =>
        corpusCase.Json["apiCalls"] is JsonArray calls ? ((IEnumerable<JsonValue>)calls).OfType<JsonString>().Select(call => call.Value) : [];

    static JsonValue InputOf(CorpusCase corpusCase, TimeProvider clock)
    {
        if (corpusCase.Json["inputTemplate"] is not { } template) return corpusCase.Json["input"] ?? JsonObject.Empty;
        return JsonValue.Parse(Moment.Replace(template.ToJson(), match =>
        {
            var days = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
            return clock.GetUtcNow().AddDays(days).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        }));
    }

    [GeneratedRegex(@"\{\{now(?:\+(\d+)d)?\}\}")]
    private static partial Regex Moment { get; }
}
