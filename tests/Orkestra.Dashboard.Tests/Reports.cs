using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.Extensions.Hosting;
using Orkestra.Extensions.Hosting.Backfills;

namespace Orkestra.Dashboard.Tests;

/// <summary>The input of <see cref="DailyReport"/>.</summary>
public sealed record ReportRequest(DateOnly Day);

/// <summary>A workflow with a run for each day.</summary>
public sealed class DailyReport : Workflow<ReportRequest, string>
{
    static readonly Step<ReportRequest, string> WriteReport = new(async (request, context) =>
    {
        var desk = context.Services.GetRequiredService<ReportDesk>();
        if (desk.Wait is { } wait) await wait.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return desk.Broken.Contains(request.Day) ? throw new InvalidOperationException($"There are no figures of {request.Day:yyyy-MM-dd}") : $"Report of {request.Day:yyyy-MM-dd}";
    });

    public override Flow<ReportRequest, string> Define() => WriteReport;
}

/// <summary>Decides how reports end.</summary>
public sealed class ReportDesk
{
    /// <summary>Ends when tests let reports go on; null to go on at once.</summary>
    public TaskCompletionSource? Wait { get; set; }

    /// <summary>The days whose report fails.</summary>
    public IReadOnlySet<DateOnly> Broken { get; set; } = new HashSet<DateOnly>();
}

/// <summary>Schedules and partition keys.</summary>
static class Reports
{
    public static void Add(OrkestraBuilder orkestra)
    {
        orkestra.Services.AddSingleton<ReportDesk>();
        orkestra.AddWorkflow<DailyReport>()
            .AddPartitions<DailyReport, DateOnly>(day => new ReportRequest(day))
            .AddPartitions<PlaceOrder, string>(number => new Order(number, 1, 2m))
            .AddSchedule<DailyReport>("cron(30 2 * * ? *)", schedule =>
            {
                schedule.Name = "reports";
                schedule.Description = "The report of the day before";
                schedule.TimeZone = "Europe/Paris";
                // The clocks go forward on 31 March 2030.
                schedule.Start = new DateTimeOffset(2030, 3, 29, 0, 0, 0, TimeSpan.Zero);
                schedule.InputAt = time => new ReportRequest(DateOnly.FromDateTime(time.DateTime).AddDays(-1));
            })
            .AddSchedule<PlaceOrder>("rate(30 days)", schedule => schedule.Input = new Order("A-1", 1, 2m));
    }

    /// <summary>The screens of schedules and backfills, with something on them.</summary>
    public static async Task<IReadOnlyList<(string Name, string Path)>> ScreensAsync(DashboardApp app)
    {
        app.Services.GetRequiredService<ReportDesk>().Broken = new HashSet<DateOnly> { new(2026, 3, 3) };
        var backfills = app.Services.GetRequiredService<WorkflowBackfills>();
        var plan = await backfills.PlanAsync<DailyReport, DateOnly>(WorkflowBackfills.Days(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 9)));
        var backfill = await backfills.StartAsync(plan);
        await backfills.WaitAsync(backfill.Backfill.Id).WaitAsync(TimeSpan.FromSeconds(60));
        return
        [
            ("schedules", "schedules"), ("schedule", "schedules/reports"), ("backfills", "backfills"), ("backfill", $"backfills/{backfill.Backfill.Id}"),
            ("backfill-plan", "backfills/new?workflow=DailyReport&from=2026-03-01&to=2026-03-12&policy=MissingAndFailed"),
        ];
    }
}
