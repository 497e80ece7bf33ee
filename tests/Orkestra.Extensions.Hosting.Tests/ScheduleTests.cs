using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>Schedules in hosts whose clock is moved by hand.</summary>
public sealed class ScheduleTests : IDisposable
{
    const string Mornings = "cron(0 8 * * ? *)";

    readonly string folder = Directory.CreateTempSubdirectory("orkestra-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_run_starts_when_it_is_due_with_a_name_and_an_input_that_follow_from_the_fire_time()
    {
        var clock = Clock("2026-01-05 07:59:30");
        await using var host = await StartAsync(clock, new InMemoryExecutionStore(), Mornings, schedule => schedule.InputAt = DayBefore);
        (await host.Runtime.QueryAsync(new ExecutionQuery())).Executions.ShouldBeEmpty();
        clock.Advance(TimeSpan.FromSeconds(30));
        var run = (await RunsAsync(host, 1)).ShouldHaveSingleItem();
        run.Name.ShouldBe("Report-20260105T080000Z");
        run.Input.ShouldBe(JsonObject.Create(("day", "2026-01-04")));
        await AdvanceAsync(clock, host, TimeSpan.FromDays(1));
        (await RunsAsync(host, 2))[0].Name.ShouldBe("Report-20260106T080000Z");
        var schedule = (await Schedules(host).ListAsync()).ShouldHaveSingleItem();
        schedule.ShouldBe(new ScheduleDescription
        {
            Name = "Report", Workflow = "Report", Expression = Mornings, TimeZone = "UTC", Missed = MissedRuns.RunLatest, IsPaused = false,
            NextFireTime = Time("2026-01-07 08:00"), LastFireTime = Time("2026-01-06 08:00"), LastRun = (await RunsAsync(host, 2))[0].Arn,
        });
        (await Schedules(host).FindAsync("none")).ShouldBeNull();
    }

    [Fact]
    public async Task Fire_times_are_in_the_time_zone_of_the_schedule()
    {
        var clock = Clock("2026-07-01 05:59:50");
        DateTimeOffset given = default;
        await using var host = await StartAsync(clock, new InMemoryExecutionStore(), "0 8 * * *", schedule =>
        {
            schedule.TimeZone = "Europe/Paris";
            schedule.InputAt = time => new ReportRequest(DateOnly.FromDateTime((given = time).DateTime));
        });
        clock.Advance(TimeSpan.FromSeconds(10));
        (await RunsAsync(host, 1))[0].Name.ShouldBe("Report-20260701T060000Z");
        given.Offset.ShouldBe(TimeSpan.FromHours(2));
        given.Hour.ShouldBe(8);
    }

    [Fact]
    public async Task A_run_that_was_started_before_a_crash_is_not_started_again()
    {
        var store = new InMemoryExecutionStore();
        var clock = Clock("2026-01-05 07:00");
        await using var host = await StartAsync(clock, store, Mornings, schedule => schedule.InputAt = DayBefore);
        // As if the process had ended between the start of the run and the note that it was started; the code has changed since.
        var before = await host.Runtime.StartAsync("Report", JsonValue.Parse("""{"day":"1999-01-01"}"""), "Report-20260105T080000Z");
        await before.Completion.WaitAsync(TestHost.Patience);
        await AdvanceAsync(clock, host, TimeSpan.FromHours(1));
        await UntilAsync(async () => (await Schedules(host).FindAsync("Report"))!.LastRun == before.Arn);
        (await host.Runtime.QueryAsync(new ExecutionQuery())).Executions.ShouldHaveSingleItem().Input.ShouldBe(JsonObject.Create(("day", "1999-01-01")));
    }

    [Fact]
    public async Task Two_hosts_on_one_store_start_a_fire_time_once()
    {
        var store = new InMemoryExecutionStore();
        var (clock, other) = (Clock("2026-01-05 07:59:59"), Clock("2026-01-05 07:59:59"));
        await using var first = await StartAsync(clock, store, "rate(1 minute)", schedule => schedule.Start = Time("2026-01-05 08:00"));
        await using var second = await StartAsync(other, store, "rate(1 minute)", schedule => schedule.Start = Time("2026-01-05 08:00"));
        for (var minute = 0; minute < 10; minute++)
        {
            var step = TimeSpan.FromSeconds(minute == 0 ? 1 : 60);
            clock.Advance(step);
            other.Advance(step);
            await RunsAsync(first, minute + 1);
            await UntilAsync(async () => (await store.ReadSchedulesAsync(default)).Single().SettledUntil == Time("2026-01-05 08:00").AddMinutes(minute));
        }

        (await store.QueryAsync(new ExecutionQuery(), default)).Executions.Select(run => run.Name).Distinct().Count().ShouldBe(10);
        (await store.QueryAsync(new ExecutionQuery(), default)).Executions.Count.ShouldBe(10);
        // Nor did one host take a run over from the other.
        (first.Services.GetRequiredService<ReportBook>().Days.Count + second.Services.GetRequiredService<ReportBook>().Days.Count).ShouldBe(10);
        (first.Log.Of("ScheduleStarted").Count + second.Log.Of("ScheduleStarted").Count).ShouldBe(10);
    }

    [Theory]
    [InlineData(MissedRuns.RunLatest, "20260108T080000Z")]
    [InlineData(MissedRuns.Skip)]
    [InlineData(MissedRuns.RunAll, "20260106T080000Z", "20260107T080000Z", "20260108T080000Z")]
    public async Task What_was_missed_while_the_process_was_down_is_run_as_the_schedule_says(MissedRuns missed, params string[] expected)
    {
        var path = Path.Combine(folder, "store.db");
        var clock = Clock("2026-01-05 07:59");
        await using (var host = await StartAsync(clock, path, Mornings, schedule => (schedule.InputAt, schedule.Missed) = (DayBefore, missed)))
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await RunsAsync(host, 1);
            await UntilAsync(async () => (await Schedules(host).FindAsync("Report"))!.LastFireTime is not null);
        }

        clock = Clock("2026-01-08 12:00");
        await using (var host = await StartAsync(clock, path, Mornings, schedule => (schedule.InputAt, schedule.Missed) = (DayBefore, missed)))
        {
            var store = host.Services.GetRequiredService<SqliteExecutionStore>();
            await UntilAsync(async () => (await store.ReadSchedulesAsync(default)).Single().SettledUntil == Time("2026-01-08 08:00"));
            var runs = await RunsAsync(host, expected.Length + 1);
            runs.Select(run => run.Name).Order().ShouldBe(["Report-20260105T080000Z", .. expected.Select(time => $"Report-{time}")]);
            host.Log.Of("ScheduleMissed").Count.ShouldBe(missed == MissedRuns.RunAll ? 0 : 1);
            // It goes on with the next one.
            await AdvanceAsync(clock, host, TimeSpan.FromHours(20));
            (await RunsAsync(host, expected.Length + 2))[0].Name.ShouldBe("Report-20260109T080000Z");
        }
    }

    [Fact]
    public async Task A_fire_time_that_is_less_than_a_minute_late_was_not_missed()
    {
        var path = Path.Combine(folder, "store.db");
        await using (await StartAsync(Clock("2026-01-05 07:59"), path, Mornings, schedule => schedule.Missed = MissedRuns.Skip))
        {
        }

        await using var host = await StartAsync(Clock("2026-01-05 08:00:50"), path, Mornings, schedule => schedule.Missed = MissedRuns.Skip);
        (await RunsAsync(host, 1))[0].Name.ShouldBe("Report-20260105T080000Z");
    }

    [Fact]
    public async Task A_paused_schedule_stays_paused_after_a_restart_and_does_not_catch_up()
    {
        var path = Path.Combine(folder, "store.db");
        await using (var host = await StartAsync(Clock("2026-01-05 07:00"), path, Mornings, schedule => schedule.Missed = MissedRuns.RunAll))
        {
            await Schedules(host).PauseAsync("Report");
            (await Schedules(host).FindAsync("Report"))!.NextFireTime.ShouldBeNull();
            await Should.ThrowAsync<ArgumentException>(() => Schedules(host).PauseAsync("none"));
        }

        var clock = Clock("2026-01-08 12:00");
        await using (var host = await StartAsync(clock, path, Mornings, schedule => schedule.Missed = MissedRuns.RunAll))
        {
            (await Schedules(host).FindAsync("Report"))!.IsPaused.ShouldBeTrue();
            await AdvanceAsync(clock, host, TimeSpan.FromDays(1));
            await Schedules(host).ResumeAsync("Report");
            (await Schedules(host).FindAsync("Report"))!.NextFireTime.ShouldBe(Time("2026-01-10 08:00"));
            await AdvanceAsync(clock, host, TimeSpan.FromHours(20));
            (await RunsAsync(host, 1)).ShouldHaveSingleItem().Name.ShouldBe("Report-20260110T080000Z");
        }
    }

    [Fact]
    public async Task A_schedule_that_is_added_as_not_enabled_waits_to_be_resumed()
    {
        var clock = Clock("2026-01-05 07:59");
        await using var host = await StartAsync(clock, new InMemoryExecutionStore(), Mornings, schedule => schedule.Enabled = false);
        (await Schedules(host).FindAsync("Report"))!.IsPaused.ShouldBeTrue();
        await Schedules(host).ResumeAsync("Report");
        clock.Advance(TimeSpan.FromMinutes(1));
        await RunsAsync(host, 1);
    }

    [Fact]
    public async Task A_changed_expression_begins_anew()
    {
        var path = Path.Combine(folder, "store.db");
        await using (await StartAsync(Clock("2026-01-05 07:00"), path, Mornings))
        {
        }

        await using var host = await StartAsync(Clock("2026-01-08 12:00"), path, "cron(0 9 * * ? *)");
        var record = (await host.Services.GetRequiredService<SqliteExecutionStore>().ReadSchedulesAsync(default)).ShouldHaveSingleItem();
        record.SettledUntil.ShouldBe(Time("2026-01-08 12:00"));
        (await host.Runtime.QueryAsync(new ExecutionQuery())).Executions.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_now_starts_a_run_of_now_and_leaves_the_schedule_alone()
    {
        var clock = Clock("2026-01-05 10:30:15");
        await using var host = await StartAsync(clock, new InMemoryExecutionStore(), Mornings, schedule => schedule.InputAt = DayBefore);
        var run = await Schedules(host).RunNowAsync("Report");
        run.Name.ShouldBe("Report-now-20260105T103015000Z");
        (await run.Completion.WaitAsync(TestHost.Patience)).Output.ShouldBe((JsonValue)"Report of 2026-01-04");
        (await Schedules(host).FindAsync("Report"))!.LastRun.ShouldBeNull();
    }

    [Fact]
    public async Task Each_key_has_one_run_and_run_now_is_its_rerun()
    {
        var clock = Clock("2026-01-05 07:59");
        await using var host = await TestHost.StartAsync(
            orkestra => With(orkestra, clock).UseStore(new InMemoryExecutionStore())
                .AddPartitions<Report, DateOnly>(day => new ReportRequest(day))
                .AddSchedule<Report>("cron(0 8,20 * * ? *)", schedule => schedule.PartitionAt = time => DateOnly.FromDateTime(time.Date).AddDays(-1)),
            services => services.AddSingleton<ReportBook>());
        clock.Advance(TimeSpan.FromMinutes(1));
        (await RunsAsync(host, 1))[0].Name.ShouldBe("Report-2026-01-04");
        await AdvanceAsync(clock, host, TimeSpan.FromHours(12));
        await UntilAsync(async () => (await Schedules(host).FindAsync("Report"))!.LastFireTime == Time("2026-01-05 20:00"));
        var again = await Schedules(host).RunNowAsync("Report");
        again.Name.ShouldBe("Report-2026-01-04-rerun-1");
        (await RunsAsync(host, 2)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_input_that_cannot_be_made_is_logged_and_the_next_fire_time_comes()
    {
        var clock = Clock("2026-01-05 07:59");
        await using var host = await StartAsync(clock, new InMemoryExecutionStore(), Mornings, schedule =>
            schedule.InputAt = time => time.Day == 5 ? throw new InvalidOperationException("No figures yet") : DayBefore(time));
        clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(() => Task.FromResult(host.Log.Of("ScheduleInput").Count == 1));
        host.Log.Of("ScheduleInput")[0].ShouldContain("InvalidOperationException: No figures yet");
        await AdvanceAsync(clock, host, TimeSpan.FromDays(1));
        (await RunsAsync(host, 1)).ShouldHaveSingleItem().Name.ShouldBe("Report-20260106T080000Z");
    }

    [Fact]
    public async Task An_input_that_is_too_large_is_logged_once()
    {
        var clock = Clock("2026-01-05 07:59");
        await using var host = await TestHost.StartAsync(orkestra =>
        {
            orkestra.Options = orkestra.Options with { TimeProvider = clock };
            orkestra.AddStateMachine("Import", AslReader.Parse("""{ "StartAt": "Done", "States": { "Done": { "Type": "Succeed" } } }"""))
                .AddSchedule("Import", Mornings, schedule => schedule.InputAt = time => new string('x', time.Day == 5 ? 300_000 : 3));
        });
        clock.Advance(TimeSpan.FromMinutes(1));
        await UntilAsync(() => Task.FromResult(host.Log.Of("ScheduleInput").Count == 1));
        clock.Advance(TimeSpan.FromDays(1));
        (await RunsAsync(host, 1)).ShouldHaveSingleItem().Name.ShouldBe("Import-20260106T080000Z");
        host.Log.Of("ScheduleFailed").ShouldBeEmpty();
    }

    [Fact]
    public async Task Mistakes_are_found_when_the_schedule_is_added_or_the_host_starts()
    {
        var builder = new ServiceCollection();
        Should.Throw<FormatException>(() => builder.AddOrkestra(orkestra => orkestra.AddSchedule<Report>("cron(0 8 * * *"))).Message.ShouldContain("of Report is not an expression");
        Should.Throw<FormatException>(() => builder.AddOrkestra(orkestra => orkestra.AddSchedule<Report>(Mornings, schedule => schedule.TimeZone = "Europe/Atlantis"))).Message
            .ShouldStartWith("The time zone 'Europe/Atlantis' of the schedule of Report is not known here");
        (await FailAsync(orkestra => orkestra.AddSchedule<Waiting>(Mornings))).ShouldBe("The workflow Waiting is not registered. Add it: orkestra.AddWorkflow<Waiting>().");
        (await FailAsync(orkestra => orkestra.AddSchedule<Report>(Mornings, schedule => schedule.Input = new { today = 1 }))).ShouldContain("today");
        (await FailAsync(orkestra => orkestra.AddSchedule<Report>(Mornings, schedule => schedule.Name = "every morning"))).ShouldStartWith("'every morning' cannot be the name of a schedule");
        (await FailAsync(orkestra => orkestra.AddSchedule<Report>(Mornings, Fits).AddSchedule<Report>(Mornings, Fits))).ShouldBe("Two schedules have the name 'Report'. Set Name of one of them.");
        (await FailAsync(orkestra => orkestra.AddSchedule<Report>(Mornings, schedule => schedule.PartitionAt = time => time))).ShouldStartWith("The workflow 'Report' has no partitions.");

        static void Fits(WorkflowScheduleOptions schedule) => schedule.InputAt = DayBefore;

        static async Task<string> FailAsync(Action<OrkestraBuilder> schedule)
        {
            var problem = await Should.ThrowAsync<Exception>(async () =>
            {
                await using var host = await TestHost.StartAsync(orkestra => schedule(orkestra.AddWorkflow<Report>()), services => services.AddSingleton<ReportBook>());
            });
            return problem.Message;
        }
    }

    [Fact]
    public async Task Schedules_do_nothing_here_when_executions_run_elsewhere()
    {
        await using var host = await TestHost.StartAsync(orkestra => orkestra.AddWorkflow<Report>().AddSchedule<Report>("rate(1 minute)").UseEndpoint(new Uri("http://127.0.0.1:1")));
        host.Log.Of("SchedulesRemote").Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_next_fire_times_have_those_that_the_clocks_skip()
    {
        await using var host = await StartAsync(Clock("2026-03-28 12:00"), new InMemoryExecutionStore(), "cron(30 2 * * ? *)", schedule => schedule.TimeZone = "Europe/Paris");
        var times = await Schedules(host).NextFireTimesAsync("Report", 2);
        times.Select(time => time.ClockChange).ShouldBe([ClockChange.Skipped, ClockChange.Forward, ClockChange.None]);
    }

    static ReportRequest DayBefore(DateTimeOffset time) => new ReportRequest(DateOnly.FromDateTime(time.DateTime).AddDays(-1));

    static WorkflowSchedules Schedules(TestHost host) => host.Services.GetRequiredService<WorkflowSchedules>();

    static FakeTimeProvider Clock(string now) => new(Time(now));

    static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    static OrkestraBuilder With(OrkestraBuilder orkestra, FakeTimeProvider clock)
    {
        orkestra.Options = orkestra.Options with { TimeProvider = clock };
        return orkestra.AddWorkflow<Report>();
    }

    static Task<TestHost> StartAsync(FakeTimeProvider clock, string path, string expression, Action<WorkflowScheduleOptions>? configure = null) =>
        StartAsync(clock, orkestra => orkestra.UseSqlite(path), expression, configure);

    static Task<TestHost> StartAsync(FakeTimeProvider clock, IExecutionStore store, string expression, Action<WorkflowScheduleOptions>? configure = null) =>
        StartAsync(clock, orkestra => orkestra.UseStore(store), expression, configure);

    static Task<TestHost> StartAsync(FakeTimeProvider clock, Action<OrkestraBuilder> store, string expression, Action<WorkflowScheduleOptions>? configure) => TestHost.StartAsync(
        orkestra =>
        {
            store(With(orkestra, clock));
            orkestra.AddSchedule<Report>(expression, schedule =>
            {
                schedule.Input = new ReportRequest(new DateOnly(2026, 1, 1));
                configure?.Invoke(schedule);
            });
        },
        services => services.AddSingleton<ReportBook>());

    /// <summary>Moves the clock as time passes: it stops at each fire time until that is settled.</summary>
    static async Task AdvanceAsync(FakeTimeProvider clock, TestHost host, TimeSpan time)
    {
        var end = clock.GetUtcNow() + time;
        while (clock.GetUtcNow() < end)
        {
            var next = (await Schedules(host).FindAsync("Report"))!.NextFireTime is { } fire && fire <= end ? fire : (DateTimeOffset?)null;
            clock.Advance((next ?? end) - clock.GetUtcNow());
            if (next is { } due) await UntilAsync(async () => (await Schedules(host).Store.ReadSchedulesAsync(default)).Single().SettledUntil >= due);
        }
    }

    static async Task<IReadOnlyList<ExecutionRecord>> RunsAsync(TestHost host, int count)
    {
        IReadOnlyList<ExecutionRecord> runs = [];
        await UntilAsync(async () => (runs = (await host.Runtime.QueryAsync(new ExecutionQuery())).Executions).Count >= count && runs.All(run => run.Status == ExecutionStatus.Succeeded));
        return runs;
    }

    static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (!await condition()) await Task.Delay(10, patience.Token);
    }
}
