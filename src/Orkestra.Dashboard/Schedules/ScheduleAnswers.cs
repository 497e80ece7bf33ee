using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orkestra.Authoring;
using Orkestra.Dashboard.Pages;
using Orkestra.Extensions.Hosting.Schedules;

namespace Orkestra.Dashboard.Schedules;

/// <summary>The pages of schedules, and what people do there.</summary>
internal sealed class ScheduleAnswers(DashboardServices services, PageRenderer renderer, PageAnswers pages)
{
    internal static void Map(RouteGroupBuilder group, DashboardSite site, DashboardServices services, PageRenderer renderer, PageAnswers pages)
    {
        var schedules = new ScheduleAnswers(services, renderer, pages);
        group.MapGet("/schedules", site.Page(schedules.ListAsync));
        group.MapGet("/schedules/{name}", site.Page(schedules.ShowAsync));
        group.MapPost("/schedules/{name}/pause", site.Action((context, dashboard, _) => schedules.PauseAsync(context, dashboard, pauses: true)));
        group.MapPost("/schedules/{name}/resume", site.Action((context, dashboard, _) => schedules.PauseAsync(context, dashboard, pauses: false)));
        group.MapPost("/schedules/{name}/run", site.Action(schedules.RunAsync));
        BackfillAnswers.Map(group, site, services, renderer, pages);
        ScheduleData.Map(group, site, services);
    }

    /// <summary>The address of a schedule, or of a part of it.</summary>
    internal static string Address(DashboardContext dashboard, string name, string? part = null) =>
        $"{dashboard.Root}/schedules/{Uri.EscapeDataString(name)}{(part is null ? "" : $"/{part}")}";

    /// <summary>When each workflow starts next by a schedule.</summary>
    internal static async Task<IReadOnlyDictionary<string, DateTimeOffset>> NextRunsAsync(DashboardServices services, CancellationToken cancellationToken)
    {
        var next = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        if (services.Schedules is not { } schedules) return next;
        foreach (var schedule in await schedules.ListAsync(cancellationToken).ConfigureAwait(false))
        {
            if (schedule.NextFireTime is { } time && (!next.TryGetValue(schedule.Workflow, out var known) || time < known)) next[schedule.Workflow] = time;
        }

        return next;
    }

    internal static string Value(HttpContext context, string name) => Convert.ToString(context.Request.RouteValues[name], CultureInfo.InvariantCulture)!;

    async Task ListAsync(HttpContext context, DashboardContext dashboard)
    {
        var rows = services.Schedules is { } schedules ? await schedules.ListAsync(context.RequestAborted).ConfigureAwait(false) : [];
        await renderer.WriteAsync<SchedulesPage>(context, dashboard, StatusCodes.Status200OK, ("Rows", rows)).ConfigureAwait(false);
    }

    async Task ShowAsync(HttpContext context, DashboardContext dashboard)
    {
        if (await FindAsync(context).ConfigureAwait(false) is { } schedule) await ShowAsync(context, dashboard, schedule, null).ConfigureAwait(false);
        else await MissingAsync(context, dashboard).ConfigureAwait(false);
    }

    async Task ShowAsync(HttpContext context, DashboardContext dashboard, ScheduleDescription schedule, string? problem) => await renderer.WriteAsync<SchedulePage>(
        context, dashboard, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, ("Schedule", schedule),
        ("Times", await services.Schedules!.NextFireTimesAsync(schedule.Name, cancellationToken: context.RequestAborted).ConfigureAwait(false)), ("Problem", problem)).ConfigureAwait(false);

    async Task PauseAsync(HttpContext context, DashboardContext dashboard, bool pauses)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } schedule)
        {
            await MissingAsync(context, dashboard).ConfigureAwait(false);
            return;
        }

        if (pauses) await services.Schedules!.PauseAsync(schedule.Name).ConfigureAwait(false);
        else await services.Schedules!.ResumeAsync(schedule.Name).ConfigureAwait(false);
        var done = pauses ? $"{schedule.Name} is paused. Its fire times are skipped until it is resumed." : $"{schedule.Name} goes on with its next fire time.";
        await DashboardSite.Redirect(context, DashboardContext.WithQuery(Address(dashboard, schedule.Name), ("done", done))).ConfigureAwait(false);
    }

    async Task RunAsync(HttpContext context, DashboardContext dashboard, IFormCollection form)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { } schedule)
        {
            await MissingAsync(context, dashboard).ConfigureAwait(false);
            return;
        }

        try
        {
            var run = await services.Schedules!.RunNowAsync(schedule.Name).ConfigureAwait(false);
            await DashboardSite.Redirect(context, DashboardContext.WithQuery(dashboard.Run(run.Arn), ("done", $"{schedule.Workflow} was started as {run.Name}."))).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is PayloadException or InvalidOperationException or ArgumentException)
        {
            await ShowAsync(context, dashboard, schedule, problem.Message).ConfigureAwait(false);
        }
    }

    async Task<ScheduleDescription?> FindAsync(HttpContext context) =>
        services.Schedules is { } schedules ? await schedules.FindAsync(Value(context, "name"), context.RequestAborted).ConfigureAwait(false) : null;

    Task MissingAsync(HttpContext context, DashboardContext dashboard) => pages.MissingAsync(context, dashboard, $"The program has no schedule {Value(context, "name")}.");
}
