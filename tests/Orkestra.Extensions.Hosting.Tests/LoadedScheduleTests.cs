using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orkestra.Authoring.Schedules;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>Schedules that are loaded while the host runs.</summary>
public sealed class LoadedScheduleTests
{
    static readonly DateTimeOffset Now = new(2026, 1, 5, 7, 59, 30, TimeSpan.Zero);
    static readonly ReportRequest Input = new(new DateOnly(2026, 1, 1));

    [Fact]
    public async Task A_loaded_schedule_starts_its_state_machine()
    {
        var clock = new FakeTimeProvider(Now);
        await using var host = await StartAsync(clock);
        var schedules = host.Services.GetRequiredService<WorkflowSchedules>();
        (await schedules.ListAsync()).ShouldBeEmpty();
        schedules.Load([Schedule("0 8 * * *", "morning")]).ShouldBeEmpty();
        var loaded = (await schedules.ListAsync()).ShouldHaveSingleItem();
        (loaded.Name, loaded.Workflow, loaded.Expression).ShouldBe(("morning", "Report", "cron(0 8 * * ? *)"));
        clock.Advance(TimeSpan.FromSeconds(30));
        using var patience = new CancellationTokenSource(TestHost.Patience);
        IReadOnlyList<ExecutionRecord> runs;
        while ((runs = (await host.Runtime.QueryAsync(new ExecutionQuery())).Executions).All(run => run.Status != ExecutionStatus.Succeeded)) await Task.Delay(10, patience.Token);
        runs.ShouldHaveSingleItem().Name.ShouldBe("morning-20260105T080000Z");
        runs[0].Input.ShouldBe(JsonObject.Create(("day", "2026-01-01")));
    }

    [Fact]
    public async Task Loading_replaces_what_was_loaded_and_leaves_the_schedules_of_the_program()
    {
        await using var host = await StartAsync(new FakeTimeProvider(Now), orkestra => orkestra.AddSchedule<Report>("rate(1 day)", schedule => (schedule.Name, schedule.Input) = ("own", Input)));
        var schedules = host.Services.GetRequiredService<WorkflowSchedules>();
        schedules.Load([Schedule("rate(1 hour)", "first"), Schedule("rate(1 hour)", "second")]).ShouldBeEmpty();
        await schedules.PauseAsync("second");
        schedules.Load([Schedule("rate(1 hour)", "second"), Schedule("rate(2 hours)", "third")]).ShouldBeEmpty();
        (await schedules.ListAsync()).Select(schedule => (schedule.Name, schedule.Expression, schedule.IsPaused))
            .ShouldBe([("own", "rate(1 day)", false), ("second", "rate(1 hour)", true), ("third", "rate(2 hours)", false)]);
        schedules.Load([]).ShouldBeEmpty();
        (await schedules.ListAsync()).ShouldHaveSingleItem().Name.ShouldBe("own");
    }

    [Fact]
    public async Task What_cannot_be_scheduled_is_refused_and_the_others_are_loaded()
    {
        await using var host = await StartAsync(new FakeTimeProvider(Now), orkestra => orkestra.AddSchedule<Report>("rate(1 day)", schedule => schedule.Input = Input));
        var schedules = host.Services.GetRequiredService<WorkflowSchedules>();
        var hourly = ScheduleExpression.Parse("rate(1 hour)", "a test");
        LoadedSchedule[] all =
        [
            new("Report", hourly, schedule => schedule.Input = Input),
            new("Absent", hourly),
            new("Report", hourly, schedule => schedule.Name = "without a valid name"),
            new("Report", hourly, schedule => (schedule.Name, schedule.Input, schedule.TimeZone) = ("zone", Input, "Mars/Olympus")),
            new("Report", hourly, schedule => (schedule.Name, schedule.Input) = ("input", "no request")),
            new("Report", hourly, schedule => (schedule.Name, schedule.Input) = ("fine", Input)),
        ];
        all.Select(schedule => schedule.Name).ShouldBe(["Report", "Absent", "without a valid name", "zone", "input", "fine"]);
        var refused = schedules.Load(all);
        refused.Select(one => one.Schedule).ShouldBe(all[..^1]);
        refused[0].Reason.ShouldBe("Another schedule has this name.");
        refused[1].Reason.ShouldContain("The workflow Absent is not registered");
        refused[2].Reason.ShouldContain("'without a valid name' cannot be the name of a schedule");
        refused[3].Reason.ShouldContain("'Mars/Olympus'");
        refused[4].Reason.ShouldNotBeEmpty();
        (await schedules.ListAsync()).Select(schedule => schedule.Name).ShouldBe(["Report", "fine"], ignoreOrder: true);
    }

    static LoadedSchedule Schedule(string expression, string name) =>
        new("Report", ScheduleExpression.Parse(expression, name, acceptsUnix: true), schedule => (schedule.Name, schedule.Input) = (name, Input));

    static Task<TestHost> StartAsync(FakeTimeProvider clock, Action<OrkestraBuilder>? more = null) => TestHost.StartAsync(
        orkestra =>
        {
            orkestra.Options = orkestra.Options with { TimeProvider = clock };
            orkestra.AddWorkflow<Report>().AddSchedules();
            more?.Invoke(orkestra);
        },
        services => services.AddSingleton<ReportBook>());
}
