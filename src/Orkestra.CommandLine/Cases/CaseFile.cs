using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.CommandLine.Cases;

/// <summary>
/// A run as a case: a file with the document, the input, what the tasks answered and what the engine made of it, with placeholders instead of the values. It is what a
/// report of a difference from AWS needs, and the project's tests can run it. The answer is that of another run with the placeholders, so that it holds none of the values.
/// </summary>
internal static class CaseFile
{
    internal static async Task<CaseReport> MakeAsync(StateMachine machine, JsonValue input, ExecutionResult run)
    {
        var document = JsonValue.Parse(AslWriter.Write(machine, indented: false));
        var placeholders = new Placeholders(document);
        var shown = placeholders.Replace(input);
        var mocks = Answers(run.History, placeholders);
        var runtime = new OrkestraRuntime(new CaseInvoker(mocks), OrkestraOptions.SkippingTime);
        await using var _ = runtime.ConfigureAwait(false);
        var again = await runtime.RunAsync(ExecutionPlan.Compile(machine), shown).ConfigureAwait(false);
        var json = new JsonObject.Builder(10)
            .Set("id", "reported")
            .Set("what", "Say in a sentence what differs.")
            .Set("source", "Say where and when you saw it on AWS.")
            .Set("certainty", "unconfirmed")
            .Set("family", "reported")
            .Set("kind", "execution")
            .Set("definition", document)
            .Set("input", shown);
        if (mocks.Count > 0) json.Set("mocks", mocks);
        json.Set("expected", Expected(again));
        return new CaseReport(json.Build().ToIndentedJson(), IsSameWay(run, again));
    }

    static JsonObject Expected(ExecutionResult result)
    {
        var expected = new JsonObject.Builder(5).Set("status", ExecutionStatusName.Of(result.Status));
        if (result.Output is { } output) expected.Set("output", output);
        if (result.Error is { } error) expected.Set("error", error);
        if (result.Cause is { } cause) expected.Set("causeEquals", cause);
        return expected.Set("events", JsonArray.Create(result.History.Select(happened => (JsonValue)JsonArray.Create([happened.Type.ToString(), happened.PreviousEventId])))).Build();
    }

    static bool IsSameWay(ExecutionResult run, ExecutionResult again) =>
        run.Status == again.Status && run.History.Select(Step).Order(StringComparer.Ordinal).SequenceEqual(again.History.Select(Step).Order(StringComparer.Ordinal));

    static string Step(HistoryEvent happened) => $"{happened.Type} {happened.StateName}";

    /// <summary>What the tasks of each state answered, attempt by attempt, in the order in which they were asked.</summary>
    static JsonObject Answers(ExecutionHistory history, Placeholders placeholders)
    {
        var asked = new SortedDictionary<int, (string State, JsonValue? Answer)>();
        var scheduledBy = new Dictionary<int, int>();
        foreach (var happened in history)
        {
            if (happened.Type is HistoryEventType.TaskScheduled or HistoryEventType.LambdaFunctionScheduled or HistoryEventType.ActivityScheduled)
            {
                scheduledBy.Add(happened.Id, happened.Id);
                asked.Add(happened.Id, (happened.StateName!, null));
            }
            else if (scheduledBy.TryGetValue(happened.PreviousEventId, out var scheduled))
            {
                scheduledBy.TryAdd(happened.Id, scheduled);
                if (AnswerOf(happened, placeholders) is { } answer) asked[scheduled] = (asked[scheduled].State, answer);
            }
        }

        return JsonObject.Create(asked.Values.Where(task => task.Answer is not null).GroupBy(task => task.State, StringComparer.Ordinal)
            .Select(state => KeyValuePair.Create(state.Key, (JsonValue)JsonArray.Create(state.Select(task => task.Answer!)))));
    }

    static JsonObject? AnswerOf(HistoryEvent happened, Placeholders placeholders)
    {
        switch (happened.Type)
        {
            case HistoryEventType.TaskSucceeded or HistoryEventType.LambdaFunctionSucceeded or HistoryEventType.ActivitySucceeded:
                return JsonObject.Create(("return", placeholders.Replace(happened.Value ?? JsonValue.Null)));
            case HistoryEventType.TaskFailed or HistoryEventType.LambdaFunctionFailed or HistoryEventType.ActivityFailed:
                var error = new JsonObject.Builder(2);
                if (happened.Error is { } name) error.Set("Error", name);
                if (happened.Cause is { } cause) error.Set("Cause", placeholders.ReplaceText(cause));
                return JsonObject.Create(("throw", error.Build()));
            default:
                return null;
        }
    }
}

/// <summary>A case, and whether the run with placeholders went the same way as the run it was made of.</summary>
internal sealed record CaseReport(string Text, bool IsSameWay);

/// <summary>Answers tasks as a case says: by the state's name, attempt by attempt, the last answer again and again.</summary>
internal sealed class CaseInvoker(JsonObject mocks) : ITaskInvoker
{
    readonly Dictionary<string, int> attempts = new(StringComparer.Ordinal);
    readonly Lock gate = new();

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (!mocks.TryGetValue(invocation.StateName, out var known) || known is not JsonArray answers) return new(TaskOutcome.Unhandled);
        JsonValue answer;
        lock (gate)
        {
            var attempt = attempts[invocation.StateName] = attempts.GetValueOrDefault(invocation.StateName) + 1;
            answer = answers[Math.Min(attempt, answers.Count) - 1];
        }

        return new(answer["return"] is { } result ? TaskOutcome.Result(result) : TaskOutcome.Failure(Text(answer["throw"], "Error"), Text(answer["throw"], "Cause")));
    }

    static string? Text(JsonValue? json, string name) => (json?[name] as JsonString)?.Value;
}
