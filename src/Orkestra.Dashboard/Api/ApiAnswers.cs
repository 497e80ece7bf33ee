using Microsoft.AspNetCore.Http;
using Orkestra.Asl;
using Orkestra.Dashboard.Pages;
using Orkestra.Dashboard.Runs;
using Orkestra.Dashboard.Schedules;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Api;

/// <summary>The pages as JSON (docs/dashboard.md).</summary>
internal sealed class ApiAnswers(DashboardServices services)
{
    const int MostGridRuns = 200;

    internal async Task<JsonValue?> WorkflowsAsync(HttpContext context, DashboardContext dashboard)
    {
        var workflows = new List<JsonValue>();
        var next = await ScheduleAnswers.NextRunsAsync(services, context.RequestAborted).ConfigureAwait(false);
        foreach (var machine in services.Workflows.All) workflows.Add(await DescribeAsync(machine, next, context.RequestAborted).ConfigureAwait(false));
        return JsonObject.Create(("workflows", JsonArray.Create(workflows)));
    }

    internal async Task<JsonValue?> WorkflowAsync(HttpContext context, DashboardContext dashboard) => services.Workflows.Find(PageAnswers.Key(context)) is { } machine
        ? (await DescribeAsync(machine, await ScheduleAnswers.NextRunsAsync(services, context.RequestAborted).ConfigureAwait(false), context.RequestAborted).ConfigureAwait(false)).With("definition", AslWriter.ToJson(machine.Plan.Machine)) : null;

    internal async Task<JsonValue?> GridAsync(HttpContext context, DashboardContext dashboard)
    {
        if (services.Workflows.Find(PageAnswers.Key(context)) is not { } machine) return null;
        var limit = int.TryParse(dashboard.Query("limit"), out var given) ? Math.Clamp(given, 1, MostGridRuns) : 100;
        var query = new ExecutionQuery { StateMachineArn = machine.Arn, Status = Asked(() => RunSearch.StatusOf(dashboard.Query("status"))), Limit = limit };
        var page = await services.Runtime.QueryAsync(query, context.RequestAborted).ConfigureAwait(false);
        return await GridData.OfAsync(services, machine, page.Executions, context.RequestAborted).ConfigureAwait(false);
    }

    internal async Task<JsonValue?> RunsAsync(HttpContext context, DashboardContext dashboard)
    {
        _ = Asked(() => RunSearch.QueryOf(services, dashboard.Query));
        var (page, _) = await RunSearch.FindAsync(services, dashboard.Query, context.RequestAborted).ConfigureAwait(false);
        var json = new JsonObject.Builder(2).Set("runs", JsonArray.Create(page.Executions.Select(run => (JsonValue)Describe(run))));
        if (page.NextToken is { } next) json.Set("nextPage", next);
        return json.Build();
    }

    internal async Task<JsonValue?> RunAsync(HttpContext context, DashboardContext dashboard) =>
        await services.Runtime.FindRecordAsync(PageAnswers.Arn(context), context.RequestAborted).ConfigureAwait(false) is { } run ? Describe(run) : null;

    internal async Task<JsonValue?> InputAsync(HttpContext context, DashboardContext dashboard) =>
        (await services.Runtime.FindRecordAsync(PageAnswers.Arn(context), context.RequestAborted).ConfigureAwait(false))?.Input;

    internal async Task<JsonValue?> OutputAsync(HttpContext context, DashboardContext dashboard) =>
        (await services.Runtime.FindRecordAsync(PageAnswers.Arn(context), context.RequestAborted).ConfigureAwait(false))?.Output;

    internal async Task<JsonValue?> EventsAsync(HttpContext context, DashboardContext dashboard)
    {
        var arn = PageAnswers.Arn(context);
        if (await services.Runtime.FindRecordAsync(arn, context.RequestAborted).ConfigureAwait(false) is null) return null;
        var first = int.TryParse(dashboard.Query("from"), out var from) ? Math.Max(1, from) : 1;
        var events = await services.Runtime.ReadHistoryAsync(arn, new HistoryRange(first, 1_000), context.RequestAborted).ConfigureAwait(false);
        return JsonObject.Create(("events", JsonArray.Create(events.Select(happened => (JsonValue)happened.ToJson()))));
    }

    internal async Task<JsonValue?> StatesAsync(HttpContext context, DashboardContext dashboard)
    {
        if (await services.Runs.FindAsync(PageAnswers.Arn(context), context.RequestAborted).ConfigureAwait(false) is not { } run) return null;
        return JsonObject.Create(("visits", JsonArray.Create(run.Visits.Select(visit => (JsonValue)Describe(visit)))));
    }

    internal async Task<JsonValue?> LogsAsync(HttpContext context, DashboardContext dashboard)
    {
        if (await services.Runs.FindAsync(PageAnswers.Arn(context), context.RequestAborted).ConfigureAwait(false) is not { } run) return null;
        var log = await RunLog.OfAsync(services, run, Asked(() => RunLog.QueryOf(run.Arn, dashboard.Query)), context.RequestAborted).ConfigureAwait(false);
        var json = new JsonObject.Builder(3).Set("lines", JsonArray.Create(log.Lines.Select(line => (JsonValue)line.ToJson()))).Set("dropped", log.Dropped);
        if (!log.IsLast) json.Set("next", log.Lines[^1].Number);
        return json.Build();
    }

    internal async Task<JsonValue?> CallbacksAsync(HttpContext context, DashboardContext dashboard)
    {
        var entries = await CallbackEntry.AllAsync(services, context.RequestAborted).ConfigureAwait(false);
        return JsonObject.Create(("callbacks", JsonArray.Create(entries.Select(entry => (JsonValue)Describe(entry)))));
    }

    static JsonObject Describe(CallbackEntry entry)
    {
        var attempt = entry.Visit.LastAttempt!;
        var json = new JsonObject.Builder(6).Set("run", entry.Run.Arn).Set("state", entry.Visit.Name).Set("since", DisplayText.Iso(attempt.Started)).Set("token", entry.Token);
        if (attempt.Deadline is { } deadline) json.Set("timesOut", DisplayText.Iso(deadline));
        if (attempt.Heartbeat is { } heartbeat) json.Set("heartbeatSeconds", heartbeat.TotalSeconds);
        return json.Build();
    }

    internal Task<JsonValue?> ActivitiesAsync(HttpContext context, DashboardContext dashboard) => Task.FromResult<JsonValue?>(JsonObject.Create(
        ("activities", JsonArray.Create(services.Runtime.Activities.Describe().Select(activity => (JsonValue)Describe(activity))))));

    async Task<JsonObject> DescribeAsync(RegisteredStateMachine machine, IReadOnlyDictionary<string, DateTimeOffset> next, CancellationToken cancellationToken)
    {
        var health = await services.Workflows.HealthOfAsync(machine.Arn, cancellationToken).ConfigureAwait(false);
        var json = new JsonObject.Builder(9).Set("name", machine.Identity.Name).Set("arn", machine.Arn).Set("type", machine.Type.ToString().ToUpperInvariant());
        if (health.SuccessRate is { } rate) json.Set("successRate", rate);
        if (health.Median is { } median) json.Set("medianSeconds", median);
        if (health.Percentile95 is { } percentile) json.Set("percentile95Seconds", percentile);
        if (next.TryGetValue(machine.Identity.Name, out var time)) json.Set("nextRun", DisplayText.Iso(time));
        return json.Set("lastRuns", JsonArray.Create(health.Runs.Select(run => (JsonValue)JsonObject.Create(("arn", run.Arn), ("status", ExecutionStatusName.Of(run.Status)), ("started", DisplayText.Iso(run.StartTime)))))).Build();
    }

    static JsonObject Describe(ExecutionRecord run)
    {
        var json = new JsonObject.Builder(16)
            .Set("arn", run.Arn).Set("name", run.Name).Set("workflow", run.StateMachineArn).Set("status", ExecutionStatusName.Of(run.Status)).Set("started", DisplayText.Iso(run.StartTime));
        if (run.StopTime is { } stopped) json.Set("stopped", DisplayText.Iso(stopped));
        json.Set("definition", run.DefinitionHash).Set("events", run.HistoryCount).Set("redrives", run.RedriveCount);
        if (run.StateMachineVersionArn is { } version) json.Set("version", version);
        if (run.StateMachineAliasArn is { } alias) json.Set("alias", alias);
        if (run.Parent is { } parent) json.Set("mapRun", parent.MapRunArn);
        if (run.Error is { } error) json.Set("error", error);
        if (run.Cause is { } cause) json.Set("cause", cause);
        return json.Build();
    }

    static JsonObject Describe(ActivityLoad activity)
    {
        var json = new JsonObject.Builder(5).Set("arn", activity.Arn).Set("waitingTasks", activity.WaitingTasks).Set("waitingWorkers", activity.WaitingWorkers);
        if (activity.OldestSince is { } since) json.Set("oldestSince", DisplayText.Iso(since));
        if (activity.OldestExecutionArn is { } arn) json.Set("oldestRun", arn);
        return json.Build();
    }

    static JsonObject Describe(RunVisit visit)
    {
        var json = new JsonObject.Builder(16).Set("id", visit.Id).Set("state", visit.Name).Set("type", visit.Type).Set("status", DisplayText.Style(visit.Status)).Set("entered", DisplayText.Iso(visit.Entered));
        if (visit.Parent is { } parent) json.Set("parent", parent.Id);
        if (visit.Iteration is { } iteration) json.Set("iteration", iteration);
        if (visit.Left is { } left) json.Set("left", DisplayText.Iso(left));
        if (visit.Input is { } input) json.Set("input", input);
        if (visit.Output is { } output) json.Set("output", output);
        if (visit.Assigned is { } assigned) json.Set("assigned", assigned);
        if (visit.Error is { } error) json.Set("error", error);
        if (visit.Cause is { } cause) json.Set("cause", cause);
        return json.Set("attempts", visit.Attempts.Count).Build();
    }

    static T Asked<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException problem)
        {
            throw new BadHttpRequestException(problem.Message);
        }
    }
}
