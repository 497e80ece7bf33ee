using Microsoft.Extensions.DependencyInjection;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>Backfills: dry run, policies, order, concurrency, pause, cancel, and restarts.</summary>
public sealed class BackfillTests : IDisposable
{
    static readonly DateOnly First = new(2026, 3, 1);

    readonly string folder = Directory.CreateTempSubdirectory("orkestra-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_dry_run_names_the_keys_and_their_runs_and_starts_nothing()
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        Book(host).Spoil(First.AddDays(1));
        await RunAsync(host, Days(2));
        var plan = await PlanAsync(host, Days(4));
        plan.Entries.Select(entry => (entry.Key, entry.RunName, entry.Existing?.Status, entry.EarlierRuns, entry.IsRun)).ShouldBe(
        [
            ("2026-03-01", "Report-2026-03-01", ExecutionStatus.Succeeded, 1, false),
            ("2026-03-02", "Report-2026-03-02", ExecutionStatus.Failed, 1, false),
            ("2026-03-03", "Report-2026-03-03", null, 0, true),
            ("2026-03-04", "Report-2026-03-04", null, 0, true),
        ]);
        (plan.Runs, plan.Reruns).ShouldBe((2, 0));
        (await host.Runtime.QueryAsync(new ExecutionQuery())).Executions.Count.ShouldBe(2);
        (await Backfills(host).ListAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(BackfillPolicy.Missing, "Report-2026-03-03")]
    [InlineData(BackfillPolicy.MissingAndFailed, "Report-2026-03-02-rerun-1", "Report-2026-03-03")]
    [InlineData(BackfillPolicy.All, "Report-2026-03-01-rerun-1", "Report-2026-03-02-rerun-1", "Report-2026-03-03")]
    public async Task The_policy_says_which_keys_are_run(BackfillPolicy policy, params string[] expected)
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        Book(host).Spoil(First.AddDays(1));
        await RunAsync(host, Days(2));
        Book(host).Mend();
        var done = await RunAsync(host, Days(3), new BackfillOptions { Policy = policy });
        done.Items.Where(item => item.Status != BackfillItemStatus.Skipped).Select(item => item.RunName).ShouldBe(expected);
        (done.Backfill.Status, done.Runs, done.Done, done.Reruns).ShouldBe((BackfillStatus.Completed, expected.Length, expected.Length, expected.Length - 1));
        done.Count(BackfillItemStatus.Succeeded).ShouldBe(expected.Length);
        done.Count(BackfillItemStatus.Skipped).ShouldBe(3 - expected.Length);
        (await host.Runtime.QueryAsync(new ExecutionQuery())).Executions.Count.ShouldBe(2 + expected.Length);
    }

    [Fact]
    public async Task Reruns_of_reruns_are_counted()
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        Book(host).Spoil(First);
        for (var i = 0; i < 3; i++) (await RunAsync(host, Days(1), new BackfillOptions { Policy = BackfillPolicy.MissingAndFailed })).Count(BackfillItemStatus.Failed).ShouldBe(1);
        Book(host).Mend();
        var last = await RunAsync(host, Days(1), new BackfillOptions { Policy = BackfillPolicy.MissingAndFailed });
        last.Items.ShouldHaveSingleItem().ShouldBe(new BackfillItem { Position = 0, Key = "2026-03-01", RunName = "Report-2026-03-01-rerun-3", EarlierRuns = 3, Status = BackfillItemStatus.Succeeded });
        (await PlanAsync(host, Days(1), new BackfillOptions { Policy = BackfillPolicy.MissingAndFailed })).Runs.ShouldBe(0);
    }

    [Theory]
    [InlineData(BackfillOrder.Forward)]
    [InlineData(BackfillOrder.Backward)]
    public async Task Keys_are_run_in_order(BackfillOrder order)
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        await RunAsync(host, Days(8), new BackfillOptions { Order = order, Concurrency = 1 });
        Book(host).Days.ShouldBe(order == BackfillOrder.Forward ? Days(8) : Days(8).Reverse());
        Book(host).Most.ShouldBe(1);
    }

    [Fact]
    public async Task No_more_runs_are_under_way_than_asked_for()
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        Book(host).WaitsForGate = true;
        var backfill = await Backfills(host).StartAsync(await PlanAsync(host, Days(9), new BackfillOptions { Concurrency = 3 }));
        await UntilAsync(() => host.Gate.Calls == 3);
        (await Backfills(host).FindAsync(backfill.Backfill.Id))!.Count(BackfillItemStatus.Running).ShouldBe(3);
        host.Gate.Open();
        (await WaitAsync(host, backfill)).Count(BackfillItemStatus.Succeeded).ShouldBe(9);
        Book(host).Most.ShouldBe(3);
    }

    [Fact]
    public async Task A_paused_backfill_starts_nothing_until_it_is_resumed()
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        Book(host).WaitsForGate = true;
        var backfill = await Backfills(host).StartAsync(await PlanAsync(host, Days(5), new BackfillOptions { Concurrency = 2 }));
        var id = backfill.Backfill.Id;
        await UntilAsync(() => host.Gate.Calls == 2);
        (await Backfills(host).PauseAsync(id)).ShouldBeTrue();
        host.Gate.Open();
        await UntilAsync(async () => (await Backfills(host).FindAsync(id))!.Done == 2);
        var paused = (await Backfills(host).FindAsync(id))!;
        (paused.Backfill.Status, paused.Count(BackfillItemStatus.Pending), Book(host).Days.Count).ShouldBe((BackfillStatus.Paused, 3, 2));
        (await Backfills(host).ResumeAsync(id)).ShouldBeTrue();
        (await WaitAsync(host, backfill)).Count(BackfillItemStatus.Succeeded).ShouldBe(5);
        (await Backfills(host).PauseAsync(id)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cancelled_backfill_lets_its_runs_end_and_starts_no_more()
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        Book(host).WaitsForGate = true;
        var backfill = await Backfills(host).StartAsync(await PlanAsync(host, Days(5), new BackfillOptions { Concurrency = 2 }));
        await UntilAsync(() => host.Gate.Calls == 2);
        (await Backfills(host).CancelAsync(backfill.Backfill.Id)).ShouldBeTrue();
        host.Gate.Open();
        var end = await WaitAsync(host, backfill);
        (end.Backfill.Status, end.Count(BackfillItemStatus.Succeeded), end.Count(BackfillItemStatus.Cancelled)).ShouldBe((BackfillStatus.Cancelled, 2, 3));
        end.Backfill.Ended.ShouldNotBeNull();
        Book(host).Days.Count.ShouldBe(2);
        (await Backfills(host).CancelAsync(backfill.Backfill.Id)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_backfill_goes_on_after_a_restart_and_runs_no_key_twice()
    {
        var path = Path.Combine(folder, "store.db");
        string id;
        await using (var host = await StartAsync(path))
        {
            Book(host).WaitsForGate = true;
            var backfill = await Backfills(host).StartAsync(await PlanAsync(host, Days(6), new BackfillOptions { Concurrency = 2 }));
            id = backfill.Backfill.Id;
            await UntilAsync(() => host.Gate.Calls == 2);
            // The two steps are cut off: they do not look at their token.
            await host.StopAsync();
        }

        await using (var host = await StartAsync(path))
        {
            var done = await Backfills(host).WaitAsync(id).WaitAsync(TestHost.Patience);
            (done.Backfill.Status, done.Count(BackfillItemStatus.Succeeded), done.Reruns).ShouldBe((BackfillStatus.Completed, 6, 0));
            (await host.Runtime.QueryAsync(new ExecutionQuery())).Executions.Select(run => run.Name).Order().ShouldBe(Days(6).Select(day => $"Report-{day:yyyy-MM-dd}"));
        }

        await using (var host = await StartAsync(path))
        {
            (await Backfills(host).ListAsync()).ShouldHaveSingleItem().Status.ShouldBe(BackfillStatus.Completed);
            Book(host).Days.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_paused_backfill_is_paused_after_a_restart()
    {
        var path = Path.Combine(folder, "store.db");
        string id;
        await using (var host = await StartAsync(path))
        {
            Book(host).WaitsForGate = true;
            id = (await Backfills(host).StartAsync(await PlanAsync(host, Days(3), new BackfillOptions { Concurrency = 1 }))).Backfill.Id;
            await UntilAsync(() => host.Gate.Calls == 1);
            await Backfills(host).PauseAsync(id);
            await host.StopAsync();
        }

        await using (var host = await StartAsync(path))
        {
            // The run that was under way ends, and no other one starts.
            await UntilAsync(async () => (await Backfills(host).FindAsync(id))!.Done == 1);
            var paused = (await Backfills(host).FindAsync(id))!;
            (paused.Backfill.Status, paused.Count(BackfillItemStatus.Pending)).ShouldBe((BackfillStatus.Paused, 2));
            await Backfills(host).ResumeAsync(id);
            (await Backfills(host).WaitAsync(id).WaitAsync(TestHost.Patience)).Count(BackfillItemStatus.Succeeded).ShouldBe(3);
        }
    }

    [Fact]
    public async Task A_run_that_came_into_being_since_the_plan_is_waited_for()
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        var plan = await PlanAsync(host, Days(2));
        Book(host).WaitsForGate = true;
        await host.Runtime.StartAsync("Report", JsonValue.Parse("""{"day":"1999-01-01"}"""), "Report-2026-03-01");
        var backfill = await Backfills(host).StartAsync(plan);
        await UntilAsync(() => host.Gate.Calls == 2);
        (await PlanAsync(host, Days(2), new BackfillOptions { Policy = BackfillPolicy.All })).Runs.ShouldBe(0, "Runs under way are left alone.");
        host.Gate.Open();
        (await WaitAsync(host, backfill)).Count(BackfillItemStatus.Succeeded).ShouldBe(2);
        Book(host).Days.Order().ShouldBe([new DateOnly(1999, 1, 1), First.AddDays(1)]);
    }

    [Fact]
    public async Task Keys_of_any_type_may_have_any_text()
    {
        await using var host = await TestHost.StartAsync(orkestra => orkestra
            .AddStateMachine("Import", AslReader.Parse("""{ "StartAt": "Done", "States": { "Done": { "Type": "Succeed" } } }"""))
            .AddPartitions<string>("Import", file => JsonObject.Create(("file", file)))
            .UseStore(new InMemoryExecutionStore()));
        var keys = (string[])["a.csv", "in/b c.csv", "in/b?c.csv", new string('x', 200), "in/b c.csv", "y-rerun-1"];
        var plan = await Backfills(host).PlanAsync("Import", keys);
        plan.Entries.Count.ShouldBe(5);
        plan.Entries.Select(entry => entry.RunName).Distinct().Count().ShouldBe(5);
        plan.Entries[0].RunName.ShouldBe("Import-a.csv");
        plan.Entries[1].RunName.ShouldMatch("^Import-in_b_c.csv-[0-9a-f]{12}$");
        var done = await WaitAsync(host, await Backfills(host).StartAsync(plan));
        done.Count(BackfillItemStatus.Succeeded).ShouldBe(5);
        (await host.Runtime.QueryAsync(new ExecutionQuery { NamePrefix = "Import-a" })).Executions.ShouldHaveSingleItem().Input.ShouldBe(JsonObject.Create(("file", "a.csv")));
        var again = await WaitAsync(host, await Backfills(host).StartAsync(await Backfills(host).PlanAsync("Import", keys, new BackfillOptions { Policy = BackfillPolicy.All })));
        (again.Reruns, again.Count(BackfillItemStatus.Succeeded)).ShouldBe((5, 5));
    }

    [Fact]
    public async Task A_key_whose_input_cannot_be_made_fails_by_itself()
    {
        await using var host = await TestHost.StartAsync(
            orkestra => orkestra.AddWorkflow<Report>().UseStore(new InMemoryExecutionStore())
                .AddPartitions<Report, int>(number => number == 2 ? throw new InvalidOperationException("There is no second one") : new ReportRequest(First.AddDays(number))),
            services => services.AddSingleton<ReportBook>());
        var plan = await Backfills(host).PlanAsync<Report, int>([1, 2, 3]);
        var done = await WaitAsync(host, await Backfills(host).StartAsync(plan));
        done.Items[1].ShouldBe(new BackfillItem { Position = 1, Key = "2", RunName = "Report-2", Status = BackfillItemStatus.Failed, Problem = "The input of the key cannot be made: There is no second one" });
        done.Count(BackfillItemStatus.Succeeded).ShouldBe(2);
    }

    [Fact]
    public async Task Mistakes_are_one_sentence()
    {
        await using var host = await StartAsync(new InMemoryExecutionStore());
        var backfills = Backfills(host);
        (await Should.ThrowAsync<FormatException>(() => backfills.PlanAsync("Report", ["March"]))).Message.ShouldBe("'March' is not a day: write it like 2026-03-01.");
        (await Should.ThrowAsync<ArgumentException>(() => backfills.PlanAsync("Nothing", ["1"]))).Message.ShouldStartWith("The workflow 'Nothing' has no partitions.");
        (await Should.ThrowAsync<ArgumentException>(() => PlanAsync(host, []))).Message.ShouldStartWith("There are no keys.");
        (await Should.ThrowAsync<ArgumentException>(() => PlanAsync(host, Days(10_001)))).Message.ShouldStartWith("There are more than 10000 keys.");
        (await Should.ThrowAsync<ArgumentException>(() => PlanAsync(host, Days(1), new BackfillOptions { Concurrency = 0 }))).Message.ShouldStartWith("The concurrency is 0: choose 1 to 1000.");
        (await Should.ThrowAsync<InvalidOperationException>(() => backfills.PlanAsync<Report, string>(["2026-03-01"]))).Message.ShouldBe("The partition keys of Report are of type DateOnly, not String.");
        (await Should.ThrowAsync<ArgumentException>(() => backfills.WaitAsync("none"))).Message.ShouldStartWith("There is no backfill 'none'.");
        var nothing = await backfills.StartAsync(await PlanAsync(host, Days(1)));
        (await WaitAsync(host, nothing)).Backfill.Status.ShouldBe(BackfillStatus.Completed);
        (await backfills.StartAsync(await PlanAsync(host, Days(1)))).Backfill.Status.ShouldBe(BackfillStatus.Completed, "There is nothing to do.");
    }

    static DateOnly[] Days(int count) => [.. WorkflowBackfills.Days(First, First.AddDays(count - 1))];

    static WorkflowBackfills Backfills(TestHost host) => host.Services.GetRequiredService<WorkflowBackfills>();

    static ReportBook Book(TestHost host) => host.Services.GetRequiredService<ReportBook>();

    static Task<BackfillPlan> PlanAsync(TestHost host, DateOnly[] days, BackfillOptions? options = null) => Backfills(host).PlanAsync<Report, DateOnly>(days, options);

    static async Task<BackfillProgress> RunAsync(TestHost host, DateOnly[] days, BackfillOptions? options = null) =>
        await WaitAsync(host, await Backfills(host).StartAsync(await PlanAsync(host, days, options)));

    static Task<BackfillProgress> WaitAsync(TestHost host, BackfillProgress backfill) => Backfills(host).WaitAsync(backfill.Backfill.Id).WaitAsync(TestHost.Patience);

    static Task<TestHost> StartAsync(string path) => StartAsync(orkestra => orkestra.UseSqlite(path));

    static Task<TestHost> StartAsync(IExecutionStore store) => StartAsync(orkestra => orkestra.UseStore(store));

    static Task<TestHost> StartAsync(Action<OrkestraBuilder> store) => TestHost.StartAsync(
        orkestra =>
        {
            store(orkestra);
            orkestra.AddWorkflow<Report>().AddPartitions<Report, DateOnly>(day => new ReportRequest(day));
        },
        services => services.AddSingleton<ReportBook>(),
        TimeSpan.FromSeconds(1));

    static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (!await condition()) await Task.Delay(10, patience.Token);
    }
}
