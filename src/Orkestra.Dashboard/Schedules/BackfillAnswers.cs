using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Orkestra.Dashboard.Actions;
using Orkestra.Dashboard.Pages;
using Orkestra.Extensions.Hosting.Backfills;

namespace Orkestra.Dashboard.Schedules;

/// <summary>The pages of backfills, and what people do there.</summary>
internal sealed class BackfillAnswers(DashboardServices services, PageRenderer renderer, PageAnswers pages)
{
    internal static void Map(RouteGroupBuilder group, DashboardSite site, DashboardServices services, PageRenderer renderer, PageAnswers pages)
    {
        var backfills = new BackfillAnswers(services, renderer, pages);
        group.MapGet("/backfills", site.Page(backfills.ListAsync));
        group.MapGet("/backfills/new", site.Page(backfills.PlanAsync));
        group.MapPost("/backfills/new", site.Action((context, dashboard, _) => backfills.StartAsync(context, dashboard)));
        group.MapGet("/backfills/{id}", site.Page(backfills.ShowAsync));
        foreach (var what in (string[])["pause", "resume", "cancel"]) group.MapPost($"/backfills/{{id}}/{what}", site.Action((context, dashboard, _) => backfills.ChangeAsync(context, dashboard, what)));
    }

    internal static string Address(DashboardContext dashboard, string id, string? part = null) => $"{dashboard.Root}/backfills/{Uri.EscapeDataString(id)}{(part is null ? "" : $"/{part}")}";

    /// <summary>The run of a key; null when its workflow is not registered any more.</summary>
    internal static string? ArnOf(DashboardServices services, string workflow, string run) =>
        services.Runtime.StateMachines.Find(workflow) is { } machine ? machine.ExecutionArn(run) : null;

    /// <summary>Whether an exception says what is wrong with what was entered.</summary>
    internal static bool IsMistake(Exception problem) => problem is ArgumentException or FormatException or InvalidOperationException;

    async Task ListAsync(HttpContext context, DashboardContext dashboard)
    {
        var rows = services.Backfills is { } backfills ? await BackfillRow.NewestAsync(backfills, context.RequestAborted).ConfigureAwait(false) : [];
        await renderer.WriteAsync<BackfillsPage>(context, dashboard, StatusCodes.Status200OK, ("Rows", rows), ("Workflows", services.Backfills?.Workflows ?? [])).ConfigureAwait(false);
    }

    async Task PlanAsync(HttpContext context, DashboardContext dashboard)
    {
        if (OfQuery(services, dashboard) is not { } form)
        {
            await NoKeysAsync(context, dashboard).ConfigureAwait(false);
            return;
        }

        if (!form.IsAsked)
        {
            await WriteAsync(context, dashboard, form, null, null).ConfigureAwait(false);
            return;
        }

        try
        {
            await WriteAsync(context, dashboard, form, await form.PlanAsync(services.Backfills!, context.RequestAborted).ConfigureAwait(false), null).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsMistake(problem))
        {
            await WriteAsync(context, dashboard, form, null, DashboardActions.MessageOf(problem)).ConfigureAwait(false);
        }
    }

    async Task StartAsync(HttpContext context, DashboardContext dashboard)
    {
        if (OfQuery(services, dashboard) is not { IsAsked: true } form)
        {
            await NoKeysAsync(context, dashboard).ConfigureAwait(false);
            return;
        }

        try
        {
            var plan = await form.PlanAsync(services.Backfills!, context.RequestAborted).ConfigureAwait(false);
            var backfill = await services.Backfills!.StartAsync(plan).ConfigureAwait(false);
            var done = $"The backfill of {plan.Workflow} was started: {DisplayText.Count(plan.Runs, "run", "runs")}.";
            await DashboardSite.Redirect(context, DashboardContext.WithQuery(Address(dashboard, backfill.Backfill.Id), ("done", done))).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsMistake(problem))
        {
            await WriteAsync(context, dashboard, form, null, DashboardActions.MessageOf(problem)).ConfigureAwait(false);
        }
    }

    async Task ShowAsync(HttpContext context, DashboardContext dashboard)
    {
        if (await FindAsync(context).ConfigureAwait(false) is { } progress) await renderer.WriteAsync<BackfillPage>(context, dashboard, StatusCodes.Status200OK, ("Progress", progress)).ConfigureAwait(false);
        else await pages.MissingAsync(context, dashboard, "There is no such backfill.").ConfigureAwait(false);
    }

    async Task ChangeAsync(HttpContext context, DashboardContext dashboard, string what)
    {
        if (await FindAsync(context).ConfigureAwait(false) is not { Backfill.Id: var id })
        {
            await pages.MissingAsync(context, dashboard, "There is no such backfill.").ConfigureAwait(false);
            return;
        }

        var (was, happened) = what switch
        {
            "pause" => (await services.Backfills!.PauseAsync(id).ConfigureAwait(false), "The backfill is paused. Runs that were started go on."),
            "resume" => (await services.Backfills!.ResumeAsync(id).ConfigureAwait(false), "The backfill goes on."),
            _ => (await services.Backfills!.CancelAsync(id).ConfigureAwait(false), "The backfill was cancelled. Runs that were started go on to their end."),
        };
        await DashboardSite.Redirect(context, DashboardContext.WithQuery(Address(dashboard, id), ("done", was ? happened : "The backfill had ended before."))).ConfigureAwait(false);
    }

    Task WriteAsync(HttpContext context, DashboardContext dashboard, BackfillForm form, BackfillPlan? plan, string? problem) => renderer.WriteAsync<BackfillPlanPage>(
        context, dashboard, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, ("Form", form), ("Plan", plan), ("Problem", problem));

    Task NoKeysAsync(HttpContext context, DashboardContext dashboard) =>
        pages.MissingAsync(context, dashboard, $"The workflow {dashboard.Query("workflow")} has no partition keys, so there is nothing to backfill. Add them in the program with AddPartitions.");

    internal static BackfillForm? OfQuery(DashboardServices services, DashboardContext dashboard) =>
        services.Backfills is { } backfills && dashboard.Query("workflow") is { } workflow && backfills.KeyTypeOf(workflow) is { } keys
            ? BackfillForm.Of(dashboard.Query, workflow, keys == typeof(DateOnly), services.Now) : null;

    async Task<BackfillProgress?> FindAsync(HttpContext context) =>
        services.Backfills is { } backfills ? await backfills.FindAsync(ScheduleAnswers.Value(context, "id"), context.RequestAborted).ConfigureAwait(false) : null;
}
