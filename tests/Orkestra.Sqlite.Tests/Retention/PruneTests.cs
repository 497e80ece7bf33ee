using Orkestra.Engine;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Tests.Contract;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Retention;

public sealed class PruneTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly SqliteExecutionStore store;

    public PruneTests() => store = new SqliteExecutionStore(folder.Store);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Executions_that_ended_long_ago_go_with_their_children_and_their_commits()
    {
        var old = await EndedAsync("old", minutes: 10);
        var children = new ParentMapRun(old.Arn, "arn:run", 0);
        for (var i = 0; i < 100; i++) await EndedAsync($"child-{i}", 9, children);
        var running = Commits.Record("running-child", parent: children);
        await store.CreateAsync(Commits.Start(running, ["token"]), Ct);
        await store.AppendAsync(Commits.Next(running, Commits.Answer(1)), Ct);
        var grandchildren = new ParentMapRun(running.Arn, "arn:run-of-child", 0);
        await EndedAsync("grandchild", 9, grandchildren);
        var recent = await EndedAsync("recent", minutes: 50);
        var works = Commits.Record("works");
        await store.CreateAsync(Commits.Start(works), Ct);

        var summary = await store.PruneAsync(new RetentionPolicy { MaxAge = TimeSpan.FromMinutes(30), TimeProvider = new Clock(Commits.Noon.AddHours(1)) }, Ct);
        summary.ShouldBe(new PruneSummary(1, 102));
        (await store.FindAsync(old.Arn, Ct)).ShouldBeNull();
        (await store.ReadSignalsAsync(old.Arn, Ct)).ShouldBeEmpty();
        (await store.FindTokenOwnerAsync("token", Ct)).ShouldBeNull();
        (await store.QueryAsync(new ExecutionQuery { MapRunArn = "arn:run" }, Ct)).Executions.ShouldBeEmpty();
        (await store.QueryAsync(new ExecutionQuery { MapRunArn = "arn:run-of-child" }, Ct)).Executions.ShouldBeEmpty();
        (await store.QueryAsync(new ExecutionQuery(), Ct)).Executions.ShouldBe([works, recent], ignoreOrder: true);
        Count("commits").ShouldBe(3);
        Count("tokens").ShouldBe(0);
        Count("map_runs").ShouldBe(0);
        Count("executions").ShouldBe(2);
        // Its name is free again.
        await store.CreateAsync(Commits.Start(Commits.Record("old")), Ct);
        await store.CreateAsync(Commits.Start(Commits.Record("child-1", parent: children)), Ct);
        (await store.QueryAsync(new ExecutionQuery { MapRunArn = "arn:run" }, Ct)).Executions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_those_that_ended_the_last_ones_are_kept()
    {
        for (var i = 0; i < 150; i++) await EndedAsync($"e{i}", i);
        await store.CreateAsync(Commits.Start(Commits.Record("works")), Ct);
        (await store.PruneAsync(new RetentionPolicy { MaxCount = 20 }, Ct)).ShouldBe(new PruneSummary(130, 0));
        var kept = (await store.QueryAsync(new ExecutionQuery { Limit = 100 }, Ct)).Executions;
        kept.Select(execution => execution.Name).ShouldBe([.. Enumerable.Range(130, 20).Select(i => $"e{i}"), "works"], ignoreOrder: true);
        (await store.PruneAsync(new RetentionPolicy { MaxCount = 20, MaxAge = TimeSpan.FromDays(100_000) }, Ct)).ShouldBe(default);
        (await store.PruneAsync(new RetentionPolicy(), Ct)).ShouldBe(default);
        (await store.PruneAsync(new RetentionPolicy { MaxCount = 0 }, Ct)).ShouldBe(new PruneSummary(20, 0));
    }

    [Fact]
    public async Task Backfills_that_ended_go_with_their_items_by_age_and_by_number()
    {
        for (var i = 0; i < 5; i++)
        {
            await store.CreateBackfillAsync(
                new BackfillRecord { Id = $"b{i}", Workflow = "W", Keys = "k", Policy = "All", Concurrency = 1, Status = BackfillStatus.Running, Created = Commits.Noon },
                [new BackfillItem { Position = 0, Key = "k", RunName = $"W-{i}" }], Ct);
            if (i > 0) await store.SetBackfillStatusAsync($"b{i}", BackfillStatus.Completed, Commits.Noon.AddMinutes(i * 10), Ct);
        }

        (await store.PruneAsync(new RetentionPolicy { MaxAge = TimeSpan.FromMinutes(40), TimeProvider = new Clock(Commits.Noon.AddHours(1)) }, Ct)).ShouldBe(new PruneSummary(0, 0) { Backfills = 1 });
        (await store.ReadBackfillsAsync(Ct)).Select(backfill => backfill.Id).ShouldBe(["b4", "b3", "b2", "b0"]);
        (await store.PruneAsync(new RetentionPolicy { MaxCount = 2 }, Ct)).Backfills.ShouldBe(1);
        (await store.PruneAsync(new RetentionPolicy { MaxCount = 0 }, Ct)).Backfills.ShouldBe(2);
        // One that runs stays.
        (await store.ReadBackfillsAsync(Ct)).Select(backfill => backfill.Id).ShouldBe(["b0"]);
        Count("backfill_items").ShouldBe(1);
    }

    [Fact]
    public async Task Limits_are_not_negative()
    {
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => store.PruneAsync(new RetentionPolicy { MaxCount = -1 }, Ct));
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() => store.PruneAsync(new RetentionPolicy { MaxAge = TimeSpan.FromTicks(-1) }, Ct));
    }

    [Fact]
    public async Task Children_that_a_pruning_left_behind_go_with_the_next_one()
    {
        await EndedAsync("orphan", 1, new ParentMapRun("arn:gone", "arn:run", 0));
        (await store.PruneAsync(new RetentionPolicy(), Ct)).ShouldBe(new PruneSummary(0, 1));
        Count("executions").ShouldBe(0);
    }

    async Task<ExecutionRecord> EndedAsync(string name, int minutes, ParentMapRun? parent = null)
    {
        var record = Commits.Record(name, parent: parent);
        await store.CreateAsync(Commits.Start(record), Ct);
        var ended = Commits.Next(record, record with { Status = ExecutionStatus.Succeeded, StopTime = Commits.Noon.AddMinutes(minutes), Output = 1 }, null, Commits.Answer(1));
        await store.AppendAsync(ended, Ct);
        return ended.Execution;
    }

    long Count(string table)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.Store};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM {table}";
        return (long)command.ExecuteScalar()!;
    }

    sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
