using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestra.Authoring;
using Orkestra.Authoring.Schedules;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>The code of <c>docs/schedules.md</c>, run.</summary>
public sealed class SchedulesPage : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("orkestra-").FullName;

    public sealed record ReportRequest(DateOnly Day);

    public sealed class DailyReport : Workflow<ReportRequest, string>
    {
        static readonly Step<ReportRequest, string> Write = new(request => $"Report of {request.Day:yyyy-MM-dd}");

        public override Flow<ReportRequest, string> Define() => Write;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_workflow_is_scheduled_and_backfilled()
    {
        var builder = Host.CreateApplicationBuilder();
        var path = Path.Combine(folder, "reports.db");
        builder.Services.AddOrkestra(orkestra => orkestra
            .UseSqlite(path)
            .AddWorkflow<DailyReport>()
            .AddSchedule<DailyReport>("cron(0 8 ? * MON-FRI *)", schedule =>
            {
                schedule.TimeZone = "Europe/Paris";
                schedule.InputAt = time => new ReportRequest(DateOnly.FromDateTime(time.DateTime));
            }));
        using (var host = builder.Build())
        {
            await host.StartAsync();
            var schedules = host.Services.GetRequiredService<WorkflowSchedules>();
            await schedules.PauseAsync("DailyReport");
            await schedules.ResumeAsync("DailyReport");
            var run = await schedules.RunNowAsync("DailyReport");
            (await run.Completion.WaitAsync(TestHost.Patience)).IsSuccess.ShouldBeTrue();
            var weekly = new LoadedSchedule("DailyReport", ScheduleExpression.Parse("0 6 * * MON", "reports.txt", acceptsUnix: true), schedule =>
            {
                schedule.Name = "weekly";
                schedule.Input = new ReportRequest(new DateOnly(2026, 1, 1));
            });
            foreach (var refused in schedules.Load([weekly])) Console.WriteLine($"{refused.Schedule.Name}: {refused.Reason}");
            (await schedules.FindAsync("weekly"))!.Expression.ShouldBe("cron(0 6 ? * MON *)");
            await host.StopAsync();
        }

        builder = Host.CreateApplicationBuilder();
        builder.Services.AddOrkestra(orkestra => orkestra
            .UseSqlite(path)
            .AddWorkflow<DailyReport>()
            .AddPartitions<DailyReport, DateOnly>(day => new ReportRequest(day))
            .AddSchedule<DailyReport>("0 2 * * *", schedule => schedule.PartitionAt = time => DateOnly.FromDateTime(time.DateTime).AddDays(-1)));
        using (var host = builder.Build())
        {
            await host.StartAsync();
            var backfills = host.Services.GetRequiredService<WorkflowBackfills>();
            var march = WorkflowBackfills.Days(new DateOnly(2026, 3, 1), new DateOnly(2026, 3, 31));
            var plan = await backfills.PlanAsync<DailyReport, DateOnly>(march, new BackfillOptions { Policy = BackfillPolicy.MissingAndFailed });
            foreach (var entry in plan.Entries) Console.WriteLine($"{entry.Key}: {entry.Existing?.Status.ToString() ?? "no run"}, {(entry.IsRun ? $"starts {entry.RunName}" : "left alone")}");
            var backfill = await backfills.StartAsync(plan);
            var end = await backfills.WaitAsync(backfill.Backfill.Id);
            end.Count(BackfillItemStatus.Succeeded).ShouldBe(31);
            await host.StopAsync();
        }
    }
}
