using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orkestra.Asl;
using Orkestra.Asl.Drawing;
using Orkestra.Dashboard.Runs;
using Orkestra.Dashboard.Schedules;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Pages;

/// <summary>Collects what each page shows, and renders it.</summary>
internal sealed class PageAnswers(DashboardServices services, PageRenderer renderer)
{
    const int LastInputs = 5;

    internal async Task HomeAsync(HttpContext context, DashboardContext dashboard)
    {
        var rows = new List<WorkflowRow>();
        var next = await ScheduleAnswers.NextRunsAsync(services, context.RequestAborted).ConfigureAwait(false);
        foreach (var machine in services.Workflows.All)
        {
            var health = await services.Workflows.HealthOfAsync(machine.Arn, context.RequestAborted).ConfigureAwait(false);
            var kind = InputField.DefinitionOf(machine)?.Workflow.Description ?? machine.Type.ToString();
            rows.Add(new WorkflowRow(services.Workflows.KeyOf(machine), machine.Identity.Name, kind, health, [.. health.Late(services.Now)], next.TryGetValue(machine.Identity.Name, out var time) ? time : null));
        }

        await renderer.WriteAsync<HomePage>(context, dashboard, StatusCodes.Status200OK, ("Rows", rows)).ConfigureAwait(false);
    }

    internal async Task RunsAsync(HttpContext context, DashboardContext dashboard)
    {
        var names = services.Workflows.All.Select(services.Workflows.KeyOf).ToList();
        try
        {
            var (page, scanned) = await RunSearch.FindAsync(services, dashboard.Query, context.RequestAborted).ConfigureAwait(false);
            await renderer.WriteAsync<RunsPage>(context, dashboard, StatusCodes.Status200OK, ("Found", page), ("Workflows", names), ("Scanned", scanned)).ConfigureAwait(false);
        }
        catch (ArgumentException problem)
        {
            await renderer.WriteAsync<RunsPage>(context, dashboard, StatusCodes.Status400BadRequest, ("Found", new ExecutionPage([], null)), ("Workflows", names), ("Problem", problem.Message)).ConfigureAwait(false);
        }
    }

    internal async Task RunAsync(HttpContext context, DashboardContext dashboard)
    {
        var arn = Arn(context);
        try
        {
            await RunAsync(context, dashboard, arn).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is ExecutionReplayException or FormatException && !context.Response.HasStarted)
        {
            if (await services.Runtime.FindRecordAsync(arn, context.RequestAborted).ConfigureAwait(false) is not { } record) throw;
            await renderer.WriteAsync<RecordPage>(context, dashboard, StatusCodes.Status200OK, ("Record", record), ("Problem", problem.Message)).ConfigureAwait(false);
        }
    }

    async Task RunAsync(HttpContext context, DashboardContext dashboard, string arn)
    {
        if (await RunView.OfAsync(dashboard, arn, context.RequestAborted).ConfigureAwait(false) is { } view) await renderer.WriteAsync<RunPage>(context, dashboard, StatusCodes.Status200OK, ("View", view)).ConfigureAwait(false);
        else await MissingAsync(context, dashboard, $"There is no run {arn}. It may have been deleted.").ConfigureAwait(false);
    }

    internal async Task LogsAsync(HttpContext context, DashboardContext dashboard)
    {
        if (await services.Runs.FindAsync(Arn(context), context.RequestAborted).ConfigureAwait(false) is not { } run)
        {
            await MissingAsync(context, dashboard, "There is no such run. It may have been deleted.").ConfigureAwait(false);
            return;
        }

        try
        {
            var log = await RunLog.OfAsync(services, run, RunLog.QueryOf(run.Arn, dashboard.Query), context.RequestAborted).ConfigureAwait(false);
            await renderer.WriteAsync<LogsPage>(context, dashboard, StatusCodes.Status200OK, ("Run", run), ("Log", log)).ConfigureAwait(false);
        }
        catch (ArgumentException problem)
        {
            await renderer.WriteAsync<LogsPage>(context, dashboard, StatusCodes.Status400BadRequest, ("Run", run), ("Log", RunLog.Empty), ("Problem", problem.Message)).ConfigureAwait(false);
        }
    }

    internal async Task RerunAsync(HttpContext context, DashboardContext dashboard)
    {
        if (await services.Runs.FindAsync(Arn(context), context.RequestAborted).ConfigureAwait(false) is { } run) await RerunAsync(context, dashboard, run, null, dashboard.Query("from"), null).ConfigureAwait(false);
        else await MissingAsync(context, dashboard, "There is no such run. It may have been deleted.").ConfigureAwait(false);
    }

    /// <param name="context">The request.</param>
    /// <param name="dashboard">The page.</param>
    /// <param name="run">The run.</param>
    /// <param name="json">What was entered as the input; null for what it had.</param>
    /// <param name="from">The state to begin with; null for the first one.</param>
    /// <param name="problem">Why it was refused; null at first.</param>
    internal Task RerunAsync(HttpContext context, DashboardContext dashboard, RunState run, string? json, string? from, string? problem)
    {
        var plan = RerunPlan.Of(run, services.Workflows.Find(run.Snapshot.StateMachineArn), from);
        var whole = run.Snapshot.Input.ToIndentedJson();
        return renderer.WriteAsync<RerunPage>(
            context, dashboard, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, ("Run", run), ("Plan", plan), ("Json", from is null ? json ?? whole : whole),
            ("FromJson", (from is null ? null : json) ?? plan.Input?.ToIndentedJson() ?? "{}"), ("Problem", problem));
    }

    internal async Task BulkRerunAsync(HttpContext context, DashboardContext dashboard)
    {
        try
        {
            var (found, isAll) = await BulkRerun.FindAsync(services, dashboard.Query, context.RequestAborted).ConfigureAwait(false);
            await renderer.WriteAsync<BulkRerunPage>(context, dashboard, StatusCodes.Status200OK, ("Found", found), ("IsAll", isAll)).ConfigureAwait(false);
        }
        catch (ArgumentException problem)
        {
            await renderer.WriteAsync<BulkRerunPage>(context, dashboard, StatusCodes.Status400BadRequest, ("Found", Array.Empty<ExecutionRecord>()), ("Problem", problem.Message)).ConfigureAwait(false);
        }
    }

    internal Task BulkRerunDoneAsync(HttpContext context, DashboardContext dashboard, IReadOnlyList<RerunReport> reports) =>
        renderer.WriteAsync<BulkRerunDonePage>(context, dashboard, StatusCodes.Status200OK, ("Reports", reports));

    internal Task ActivitiesAsync(HttpContext context, DashboardContext dashboard) =>
        renderer.WriteAsync<ActivitiesPage>(context, dashboard, StatusCodes.Status200OK, ("Activities", services.Runtime.Activities.Describe()));

    internal async Task WorkflowAsync(HttpContext context, DashboardContext dashboard)
    {
        if (Machine(context) is { } machine)
        {
            await renderer.WriteAsync<WorkflowPage>(context, dashboard, StatusCodes.Status200OK, ("Key", Key(context)), ("Name", machine.Identity.Name), ("Arn", machine.Arn)).ConfigureAwait(false);
            return;
        }

        await MissingAsync(context, dashboard, $"No workflow {Key(context)} is registered. Its runs can still be found under Runs.").ConfigureAwait(false);
    }

    internal async Task GraphAsync(HttpContext context, DashboardContext dashboard)
    {
        if (Machine(context) is not { } machine)
        {
            await MissingAsync(context, dashboard, $"No workflow {Key(context)} is registered.").ConfigureAwait(false);
            return;
        }

        var document = machine.Plan.Machine;
        await renderer.WriteAsync<GraphPage>(
            context, dashboard, StatusCodes.Status200OK, ("Key", Key(context)), ("Name", machine.Identity.Name),
            ("Svg", SvgGraph.Write(document, new SvgGraphOptions { HasStyle = false })), ("Definition", AslWriter.Write(document))).ConfigureAwait(false);
    }

    internal async Task VersionsAsync(HttpContext context, DashboardContext dashboard)
    {
        if (Machine(context) is not { } machine)
        {
            await MissingAsync(context, dashboard, $"No workflow {Key(context)} is registered.").ConfigureAwait(false);
            return;
        }

        var versions = await KnownDefinition.AllAsync(services, machine, context.RequestAborted).ConfigureAwait(false);
        var (left, right) = (dashboard.Query("left") ?? versions.ElementAtOrDefault(1)?.Hash, dashboard.Query("right") ?? versions[0].Hash);
        var (before, after) = (versions.FirstOrDefault(version => version.Hash == left)?.Definition, versions.FirstOrDefault(version => version.Hash == right)?.Definition);
        await renderer.WriteAsync<VersionsPage>(
            context, dashboard, StatusCodes.Status200OK, ("Key", Key(context)), ("Name", machine.Identity.Name), ("Versions", versions), ("LeftHash", left), ("RightHash", right),
            ("Lines", before is null || after is null ? null : JsonDifference.Of(before, after))).ConfigureAwait(false);
    }

    internal async Task StartAsync(HttpContext context, DashboardContext dashboard)
    {
        if (Machine(context) is not { } machine) await MissingAsync(context, dashboard, $"No workflow {Key(context)} is registered.").ConfigureAwait(false);
        else await StartAsync(context, dashboard, machine, dashboard.Query("json") ?? "{}", "form", null, null).ConfigureAwait(false);
    }

    internal async Task StartAsync(HttpContext context, DashboardContext dashboard, RegisteredStateMachine machine, string json, string mode, string? name, string? problem, IReadOnlyList<InputField>? entered = null)
    {
        var health = await services.Workflows.HealthOfAsync(machine.Arn, context.RequestAborted).ConfigureAwait(false);
        var inputs = health.Runs.Where(run => run.Input.Utf8Length < 4_000).Select(run => run.Input.ToJson()).Distinct(StringComparer.Ordinal).Take(LastInputs).ToList();
        var values = Parsed(json);
        await renderer.WriteAsync<StartPage>(
            context, dashboard, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, ("Key", Key(context)), ("Name", machine.Identity.Name),
            ("Fields", entered ?? InputField.Of(machine, values)), ("LastInputs", inputs), ("Json", problem is null ? values?.ToIndentedJson() ?? json : json), ("Mode", mode), ("RunName", name), ("Problem", problem)).ConfigureAwait(false);
    }

    internal async Task CallbacksAsync(HttpContext context, DashboardContext dashboard) => await renderer.WriteAsync<CallbacksPage>(
        context, dashboard, StatusCodes.Status200OK, ("Entries", await CallbackEntry.AllAsync(services, context.RequestAborted).ConfigureAwait(false))).ConfigureAwait(false);

    internal async Task CallbackAsync(HttpContext context, DashboardContext dashboard)
    {
        if (await CallbackEntry.FindAsync(services, Token(context), context.RequestAborted).ConfigureAwait(false) is { } entry) await CallbackAsync(context, dashboard, entry, "{}", "form", null).ConfigureAwait(false);
        else await MissingAsync(context, dashboard, "No task waits for this token. It may have been answered, or its run may have ended.").ConfigureAwait(false);
    }

    internal Task CallbackAsync(HttpContext context, DashboardContext dashboard, CallbackEntry entry, string json, string mode, string? problem, IReadOnlyList<InputField>? entered = null) => renderer.WriteAsync<CallbackPage>(
        context, dashboard, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, ("Entry", entry), ("Fields", entered ?? entry.Fields(services, Parsed(json))), ("Json", json), ("Mode", mode), ("Problem", problem));

    // What is not JSON is shown as it was entered.
    static JsonValue? Parsed(string json)
    {
        try
        {
            return JsonValue.Parse(json);
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    internal async Task CompareAsync(HttpContext context, DashboardContext dashboard)
    {
        var left = dashboard.Query("left") is { } first ? await services.Runs.FindAsync(first, context.RequestAborted).ConfigureAwait(false) : null;
        var right = dashboard.Query("right") is { } second ? await services.Runs.FindAsync(second, context.RequestAborted).ConfigureAwait(false) : null;
        if (left is null || right is null) await MissingAsync(context, dashboard, "Both runs have to be named by their ARN: left and right.").ConfigureAwait(false);
        else await renderer.WriteAsync<ComparePage>(context, dashboard, StatusCodes.Status200OK, ("Left", left), ("Right", right)).ConfigureAwait(false);
    }

    internal async Task MapRunAsync(HttpContext context, DashboardContext dashboard)
    {
        var arn = Arn(context);
        var query = new ExecutionQuery { MapRunArn = arn, Status = RunSearch.StatusOf(dashboard.Query("status")), PageToken = dashboard.Query("page") };
        var children = await services.Runtime.QueryAsync(query, context.RequestAborted).ConfigureAwait(false);
        if (await MapRunSearch.FindAsync(services, arn).ConfigureAwait(false) is { } run) await renderer.WriteAsync<MapRunPage>(context, dashboard, StatusCodes.Status200OK, ("MapRun", run), ("Children", children)).ConfigureAwait(false);
        else await MissingAsync(context, dashboard, "There is no such Map Run.").ConfigureAwait(false);
    }

    internal Task MissingAsync(HttpContext context, DashboardContext dashboard, string text) =>
        renderer.WriteAsync<MessagePage>(context, dashboard, StatusCodes.Status404NotFound, ("Title", "Not found"), ("Text", text));

    // Routing leaves an escaped slash as it is.
    internal static string Arn(HttpContext context) => Value(context, "arn");

    internal static string Key(HttpContext context) => Value(context, "key");

    internal static string Token(HttpContext context) => Value(context, "token");

    static string Value(HttpContext context, string name) => Convert.ToString(context.Request.RouteValues[name], CultureInfo.InvariantCulture)!.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    internal RegisteredStateMachine? Machine(HttpContext context) => services.Workflows.Find(Key(context));
}
