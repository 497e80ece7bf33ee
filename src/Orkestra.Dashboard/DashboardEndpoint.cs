using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Dashboard.Actions;
using Orkestra.Dashboard.Api;
using Orkestra.Dashboard.Live;
using Orkestra.Dashboard.Pages;
using Orkestra.Dashboard.Schedules;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting;
using Orkestra.Local;

namespace Orkestra.Dashboard;

/// <summary>Mounts the dashboard in an app.</summary>
public static class DashboardEndpoint
{
    /// <summary>
    /// Serves the dashboard of the app's <see cref="OrkestraRuntime"/>: workflows, runs, what waits for an answer, and the same as JSON under <c>api/v1</c>. By default only this
    /// machine may call, and never a page of another site.
    /// </summary>
    /// <example><code>
    /// builder.Services.AddOrkestra(orkestra => orkestra.AddWorkflow&lt;PlaceOrder&gt;());
    /// var app = builder.Build();
    /// app.MapOrkestra("/orkestra");
    /// </code></example>
    /// <param name="endpoints">The app.</param>
    /// <param name="pattern">The path of the home page; <c>/</c> serves it at the root.</param>
    /// <param name="configure">Configures who may call, and whether the dashboard is read-only.</param>
    /// <returns>The endpoints, for conventions such as authorization.</returns>
    /// <exception cref="InvalidOperationException">The app has no runtime.</exception>
    public static IEndpointConventionBuilder MapOrkestra(this IEndpointRouteBuilder endpoints, string pattern = "/orkestra", Action<DashboardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        var runtime = endpoints.ServiceProvider.GetService<OrkestraRuntime>()
            ?? throw new InvalidOperationException($"The app has no {nameof(OrkestraRuntime)}. Call builder.Services.AddOrkestra() before the app is built.");
        var options = new DashboardOptions();
        configure?.Invoke(options);
        var life = endpoints.ServiceProvider.GetService<IHostApplicationLifetime>();
        var services = new DashboardServices(runtime, endpoints.ServiceProvider.GetService<StepFunctionsService>(), options)
        {
            Schedules = endpoints.ServiceProvider.GetService<WorkflowSchedules>(),
            Backfills = endpoints.ServiceProvider.GetService<WorkflowBackfills>(),
        };
        life?.ApplicationStopped.Register(services.Dispose);
        var loggers = endpoints.ServiceProvider.GetRequiredService<ILoggerFactory>();
        var renderer = new PageRenderer(endpoints.ServiceProvider, loggers);
        var site = new DashboardSite(services, renderer, pattern.TrimEnd('/'), loggers.CreateLogger("Orkestra.Dashboard"));
        var pages = new PageAnswers(services, renderer);
        var actions = new DashboardActions(services, pages);
        var bulk = new BulkActions(services, pages, actions);
        var api = new ApiAnswers(services);
        var live = new LiveStream(services, life?.ApplicationStopping ?? CancellationToken.None);

        var group = endpoints.MapGroup(pattern);
        group.MapGet("/", site.Page(pages.HomeAsync));
        group.MapGet("/runs", site.Page(pages.RunsAsync));
        group.MapGet("/runs/rerun", site.Page(pages.BulkRerunAsync));
        group.MapGet("/runs/{arn}", site.Page(pages.RunAsync));
        group.MapGet("/runs/{arn}/rerun", site.Page(pages.RerunAsync));
        group.MapGet("/runs/{arn}/logs", site.Page(pages.LogsAsync));
        group.MapGet("/map-runs/{arn}", site.Page(pages.MapRunAsync));
        group.MapGet("/workflows/{key}", site.Page(pages.WorkflowAsync));
        group.MapGet("/workflows/{key}/graph", site.Page(pages.GraphAsync));
        group.MapGet("/workflows/{key}/versions", site.Page(pages.VersionsAsync));
        group.MapGet("/workflows/{key}/start", site.Page(pages.StartAsync));
        group.MapGet("/callbacks", site.Page(pages.CallbacksAsync));
        group.MapGet("/callbacks/{token}", site.Page(pages.CallbackAsync));
        group.MapGet("/activities", site.Page(pages.ActivitiesAsync));
        group.MapGet("/compare", site.Page(pages.CompareAsync));
        group.MapPost("/workflows/{key}/start", site.Action(actions.StartAsync));
        group.MapPost("/runs/rerun", site.Action(bulk.RerunAsync));
        group.MapPost("/runs/{arn}/skip", site.Action(actions.SkipAsync));
        group.MapPost("/runs/{arn}/stop", site.Action(actions.StopAsync));
        group.MapPost("/runs/{arn}/redrive", site.Action(actions.RedriveAsync));
        group.MapPost("/runs/{arn}/rerun", site.Action(actions.RerunAsync));
        group.MapPost("/callbacks/{token}", site.Action(actions.AnswerAsync));
        group.MapGet("/sign-in", site.SignInPageAsync);
        group.MapPost("/sign-in", site.SignInAsync);
        group.MapGet("/assets/{hash}/{name}", site.AssetAsync);
        group.MapGet("/live", site.Stream(live.AnswerAsync));
        group.MapGet("/api/v1/workflows", site.Api(api.WorkflowsAsync));
        group.MapGet("/api/v1/workflows/{key}", site.Api(api.WorkflowAsync));
        group.MapGet("/api/v1/workflows/{key}/grid", site.Api(api.GridAsync));
        group.MapGet("/api/v1/runs", site.Api(api.RunsAsync));
        group.MapGet("/api/v1/runs/{arn}", site.Api(api.RunAsync));
        group.MapGet("/api/v1/runs/{arn}/input", site.Api(api.InputAsync));
        group.MapGet("/api/v1/runs/{arn}/output", site.Api(api.OutputAsync));
        group.MapGet("/api/v1/runs/{arn}/events", site.Api(api.EventsAsync));
        group.MapGet("/api/v1/runs/{arn}/states", site.Api(api.StatesAsync));
        group.MapGet("/api/v1/runs/{arn}/logs", site.Api(api.LogsAsync));
        group.MapGet("/api/v1/callbacks", site.Api(api.CallbacksAsync));
        group.MapGet("/api/v1/activities", site.Api(api.ActivitiesAsync));
        ScheduleAnswers.Map(group, site, services, renderer, pages);
        return group;
    }
}
