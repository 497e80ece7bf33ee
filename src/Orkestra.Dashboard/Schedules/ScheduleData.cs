using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orkestra.Dashboard.Actions;
using Orkestra.Dashboard.Pages;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Schedules;

/// <summary>The pages of schedules and backfills as JSON (docs/dashboard.md).</summary>
internal sealed class ScheduleData(DashboardServices services)
{
    internal static void Map(RouteGroupBuilder group, DashboardSite site, DashboardServices services)
    {
        var data = new ScheduleData(services);
        group.MapGet("/api/v1/schedules", site.Api(data.SchedulesAsync));
        group.MapGet("/api/v1/schedules/{name}", site.Api(data.ScheduleAsync));
        group.MapGet("/api/v1/backfills", site.Api(data.BackfillsAsync));
        group.MapGet("/api/v1/backfills/new", site.Api(data.PlanAsync));
        group.MapGet("/api/v1/backfills/{id}", site.Api(data.BackfillAsync));
    }

    async Task<JsonValue?> SchedulesAsync(HttpContext context, DashboardContext dashboard)
    {
        var schedules = services.Schedules is { } known ? await known.ListAsync(context.RequestAborted).ConfigureAwait(false) : [];
        return JsonObject.Create(("schedules", JsonArray.Create(schedules.Select(schedule => (JsonValue)Describe(schedule).Build()))));
    }

    async Task<JsonValue?> ScheduleAsync(HttpContext context, DashboardContext dashboard)
    {
        if (services.Schedules is not { } schedules || await schedules.FindAsync(ScheduleAnswers.Value(context, "name"), context.RequestAborted).ConfigureAwait(false) is not { } schedule) return null;
        var times = await schedules.NextFireTimesAsync(schedule.Name, cancellationToken: context.RequestAborted).ConfigureAwait(false);
        return Describe(schedule).Set("fireTimes", JsonArray.Create(times.Select(time => (JsonValue)JsonObject.Create(
            ("time", DisplayText.Iso(time.Time)), ("local", FireTimeText.Local(time.Time)), ("clockChange", Word(time.ClockChange)))))).Build();
    }

    async Task<JsonValue?> BackfillsAsync(HttpContext context, DashboardContext dashboard)
    {
        var backfills = services.Backfills is { } known ? await BackfillRow.NewestAsync(known, context.RequestAborted).ConfigureAwait(false) : [];
        return JsonObject.Create(("backfills", JsonArray.Create(backfills.Select(row => (JsonValue)Describe(row.Backfill).Set("runs", row.Runs).Set("done", row.Done).Build()))));
    }

    async Task<JsonValue?> BackfillAsync(HttpContext context, DashboardContext dashboard)
    {
        if (services.Backfills is not { } backfills || await backfills.FindAsync(ScheduleAnswers.Value(context, "id"), context.RequestAborted).ConfigureAwait(false) is not { } progress) return null;
        var json = Describe(progress.Backfill).Set("runs", progress.Runs).Set("done", progress.Done).Set("reruns", progress.Reruns);
        foreach (var status in Enum.GetValues<BackfillItemStatus>()) json.Set(Word(status), progress.Count(status));
        return json.Set("keys", JsonArray.Create(progress.Items.Select(item => (JsonValue)Describe(item, progress.Backfill.Workflow)))).Build();
    }

    async Task<JsonValue?> PlanAsync(HttpContext context, DashboardContext dashboard)
    {
        if (BackfillAnswers.OfQuery(services, dashboard) is not { } form) return null;
        BackfillPlan plan;
        try
        {
            plan = await form.PlanAsync(services.Backfills!, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception problem) when (BackfillAnswers.IsMistake(problem))
        {
            throw new BadHttpRequestException(DashboardActions.MessageOf(problem), problem);
        }

        return JsonObject.Create(
            ("workflow", plan.Workflow), ("runs", plan.Runs), ("reruns", plan.Reruns),
            ("keys", JsonArray.Create(plan.Entries.Select(entry =>
            {
                var json = new JsonObject.Builder(5).Set("key", entry.Key).Set("run", entry.RunName).Set("isRun", entry.IsRun).Set("earlierRuns", entry.EarlierRuns);
                if (entry.Existing is { } existing) json.Set("existing", existing.Arn);
                return (JsonValue)json.Build();
            }))));
    }

    static JsonObject.Builder Describe(ScheduleDescription schedule)
    {
        var json = new JsonObject.Builder(12).Set("name", schedule.Name).Set("workflow", schedule.Workflow).Set("expression", schedule.Expression).Set("timeZone", schedule.TimeZone)
            .Set("missed", Word(schedule.Missed)).Set("isPaused", schedule.IsPaused);
        if (schedule.Description is { } description) json.Set("description", description);
        if (schedule.Start is { } start) json.Set("start", DisplayText.Iso(start));
        if (schedule.End is { } end) json.Set("end", DisplayText.Iso(end));
        if (schedule.NextFireTime is { } next) json.Set("next", DisplayText.Iso(next));
        if (schedule.LastFireTime is { } last) json.Set("last", DisplayText.Iso(last));
        if (schedule.LastRun is { } run) json.Set("lastRun", run);
        return json;
    }

    static JsonObject.Builder Describe(BackfillRecord backfill)
    {
        var json = new JsonObject.Builder(16).Set("id", backfill.Id).Set("workflow", backfill.Workflow).Set("range", backfill.Keys).Set("policy", char.ToLowerInvariant(backfill.Policy[0]) + backfill.Policy[1..])
            .Set("concurrency", backfill.Concurrency).Set("status", Word(backfill.Status)).Set("created", DisplayText.Iso(backfill.Created));
        if (backfill.Ended is { } ended) json.Set("ended", DisplayText.Iso(ended));
        return json;
    }

    JsonObject Describe(BackfillItem item, string workflow)
    {
        var json = new JsonObject.Builder(6).Set("key", item.Key).Set("run", item.RunName).Set("status", Word(item.Status)).Set("earlierRuns", item.EarlierRuns);
        if (BackfillAnswers.ArnOf(services, workflow, item.RunName) is { } arn) json.Set("arn", arn);
        if (item.Problem is { } problem) json.Set("problem", problem);
        return json.Build();
    }

    static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
