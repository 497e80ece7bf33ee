using Orkestra.Engine;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Tests.Contract;
using Orkestra.Sqlite.Writing;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Files;

/// <summary>Rows that lag behind their commits are brought up to date.</summary>
public sealed class RecoveryTests : IDisposable
{
    readonly TempFolder folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_log_that_killed_processes_left_is_moved_into_the_file()
    {
        var path = folder.Store;
        var input = new string('x', 200_000);
        // Each process is killed before it has written enough to move the log by itself.
        for (var round = 0; round < 3; round++)
        {
            var next = Path.Combine(folder.Path, $"after-{round}.db");
            await using var store = new SqliteExecutionStore(path);
            for (var i = 0; i < 50; i++) await store.CreateAsync(Commits.Start(Commits.Record($"e{round}-{i}", input: input)), Ct);
            foreach (var end in new[] { "", "-wal" }) File.Copy($"{path}{end}", $"{next}{end}");
            path = next;
        }

        new FileInfo(path).Length.ShouldBeGreaterThan(10_000_000);
        await using var last = new SqliteExecutionStore(path);
        (await last.QueryAsync(new ExecutionQuery { Limit = 1_000 }, Ct)).Executions.Count.ShouldBe(150);
    }

    [Theory]
    [InlineData(3)]
    // More commits than rows may lag behind.
    [InlineData((ExecutionTable.CommitsToSettle / 300) + 3)]
    public async Task A_crash_leaves_executions_as_they_were_acknowledged(int rounds)
    {
        var copy = Path.Combine(folder.Path, "copy.db");
        ExecutionRecord[] records = [.. Enumerable.Range(0, 300).Select(i => Commits.Record($"e{i}"))];
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await Task.WhenAll(records.Select(record => store.CreateAsync(Commits.Start(record), Ct).AsTask()));
            for (var round = 0; round < rounds; round++)
            {
                ExecutionCommit[] commits = [.. records.Select(record => Commits.Next(record, Commits.Answer(round)))];
                await Task.WhenAll(commits.Select(commit => store.AppendAsync(commit, Ct).AsTask()));
                records = [.. commits.Select(commit => commit.Execution)];
            }

            foreach (var record in records) (await store.FindAsync(record.Arn, Ct)).ShouldBe(record);
            // As after a crash: nothing was moved or settled for the end.
            foreach (var end in new[] { "", "-wal" }) File.Copy($"{folder.Store}{end}", $"{copy}{end}");
        }

        foreach (var path in new[] { copy, folder.Store })
        {
            await using var again = new SqliteExecutionStore(path);
            (await again.QueryAsync(new ExecutionQuery { Limit = 1_000 }, Ct)).Executions.ShouldBe(records, ignoreOrder: true);
            foreach (var record in records) (await again.ReadSignalsAsync(record.Arn, Ct)).Count.ShouldBe((int)record.Sequence);
            await again.AppendAsync(Commits.Next(records[7], Commits.Answer(1)), Ct);
        }
    }

    [Fact]
    public async Task A_crash_leaves_executions_that_began_ended_and_were_redriven_lately_as_they_were_acknowledged()
    {
        var copy = Path.Combine(folder.Path, "copy.db");
        ExecutionRecord[] records;
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            var succeeded = await EndAsync(store, "succeeded", ExecutionStatus.Succeeded, output: 5);
            var failed = await EndAsync(store, "failed", ExecutionStatus.Failed);
            var child = await EndAsync(store, "child", ExecutionStatus.TimedOut, new ParentMapRun(failed.Arn, "arn:run", 0));
            var redriven = Commits.Next(await EndAsync(store, "redriven", ExecutionStatus.Failed), Commits.Answer(3)).Execution with { Status = ExecutionStatus.Running, StopTime = null, Error = null, RedriveCount = 1, RedriveTime = Commits.Noon.AddHours(2) };
            await store.AppendAsync(Commits.Next(redriven with { Sequence = 2 }, redriven, null, Commits.Answer(3)), Ct);
            var waits = Commits.Record("waits") with { IsIdle = true, NextDue = Commits.Noon.AddHours(1) };
            await store.CreateAsync(Commits.Start(waits), Ct);
            records = [succeeded, failed, child, redriven, waits];
            foreach (var end in new[] { "", "-wal" }) File.Copy($"{folder.Store}{end}", $"{copy}{end}");
            // One that only reads needs no recovery to know it all.
            await using var reader = SqliteExecutionStore.OpenReadOnly(folder.Store);
            await CheckAsync(reader);
        }

        foreach (var path in new[] { copy, folder.Store })
        {
            await using var again = new SqliteExecutionStore(path);
            await CheckAsync(again);
        }

        async Task CheckAsync(SqliteExecutionStore store)
        {
            foreach (var record in records)
            {
                (await store.FindAsync(record.Arn, Ct)).ShouldBe(record);
                (await store.ReadSignalsAsync(record.Arn, Ct)).Count.ShouldBe((int)record.Sequence);
                var found = await store.QueryAsync(new ExecutionQuery { Status = record.Status, MapRunArn = record.Parent?.MapRunArn }, Ct);
                found.Executions.ShouldBe(records.Where(other => other.Status == record.Status && other.Parent == record.Parent), ignoreOrder: true);
            }

            (await store.ReadDueAsync(Commits.Noon.AddHours(1), 5, Ct)).ShouldBe([records[^1]]);
            (await store.FindAsync(Commits.Record("unknown").Arn, Ct)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_damaged_commit_of_an_execution_that_began_lately_keeps_no_other_back()
    {
        var copy = Path.Combine(folder.Path, "copy.db");
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            foreach (var name in new[] { "good", "damaged" }) await EndAsync(store, name, ExecutionStatus.Succeeded, output: 1);
            foreach (var end in new[] { "", "-wal" }) File.Copy($"{folder.Store}{end}", $"{copy}{end}");
        }

        using (var file = StoreFile.Open(copy)) file.Writer.Execute("UPDATE commits SET data = x'0102030405060708' WHERE id = 4");
        await using var again = new SqliteExecutionStore(copy);
        (await again.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Succeeded }, Ct)).Executions.ShouldHaveSingleItem().Name.ShouldBe("good");
        (await again.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Running }, Ct)).Executions.ShouldHaveSingleItem().Error.ShouldBe("Orkestra.Damaged");
    }

    [Fact]
    public async Task Executions_after_all_others_were_pruned_are_found_in_each_state_of_the_file()
    {
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            for (var i = 0; i < 20; i++) await EndAsync(store, $"old-{i}", ExecutionStatus.Succeeded);
            (await store.PruneAsync(new RetentionPolicy { MaxCount = 0 }, Ct)).Executions.ShouldBe(20);
        }

        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            var begun = Commits.Record("begun");
            await store.CreateAsync(Commits.Start(begun), Ct);
            (await store.QueryAsync(new ExecutionQuery(), Ct)).Executions.ShouldBe([begun]);
            await using var reader = SqliteExecutionStore.OpenReadOnly(folder.Store);
            (await reader.FindAsync(begun.Arn, Ct)).ShouldBe(begun);
        }

        await using var again = new SqliteExecutionStore(folder.Store);
        (await again.QueryAsync(new ExecutionQuery(), Ct)).Executions.ShouldHaveSingleItem().Name.ShouldBe("begun");
    }

    [Fact]
    public async Task A_file_of_the_fourth_schema_keeps_its_executions_and_brings_their_rows_up_to_date()
    {
        ExecutionRecord ended, works;
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            ended = await EndAsync(store, "ended", ExecutionStatus.Failed);
            works = Commits.Record("works");
            await store.CreateAsync(Commits.Start(works), Ct);
            var next = Commits.Next(works, Commits.Answer(1));
            await store.AppendAsync(next, Ct);
            works = next.Execution;
        }

        using (var file = StoreFile.Open(folder.Store))
        {
            // As that schema was, with an execution whose row lags behind.
            file.Writer.Execute(
                """
                DROP INDEX executions_by_arn;
                DROP INDEX executions_by_machine;
                ALTER TABLE executions DROP COLUMN indexed;
                ALTER TABLE settled DROP COLUMN executions;
                CREATE INDEX executions_by_arn ON executions (arn_hash);
                CREATE INDEX executions_by_machine ON executions (map_run, machine, status, start);
                UPDATE settled SET commits = 3;
                UPDATE executions SET head = first, sequence = first_sequence WHERE status = 0;
                PRAGMA user_version = 4;
                """);
        }

        await using var again = new SqliteExecutionStore(folder.Store);
        (await again.QueryAsync(new ExecutionQuery(), Ct)).Executions.ShouldBe([ended, works], ignoreOrder: true);
        (await again.FindAsync(ended.Arn, Ct)).ShouldBe(ended);
        (await again.FindAsync(works.Arn, Ct)).ShouldBe(works);
        await Should.ThrowAsync<ExecutionExistsException>(async () => await again.CreateAsync(Commits.Start(Commits.Record("ended")), Ct));
        await EndAsync(again, "new", ExecutionStatus.Failed);
        (await again.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Failed }, Ct)).Executions.Count.ShouldBe(2);
    }

    static async Task<ExecutionRecord> EndAsync(SqliteExecutionStore store, string name, ExecutionStatus status, ParentMapRun? parent = null, int? output = null)
    {
        var record = Commits.Record(name, parent: parent);
        await store.CreateAsync(Commits.Start(record), Ct);
        var end = record with { Status = status, StopTime = Commits.Noon.AddMinutes(3), Output = output is { } number ? number : null, Error = output is null ? "Broken" : null };
        var ended = Commits.Next(record, end, null, Commits.Answer(1));
        await store.AppendAsync(ended, Ct);
        return ended.Execution;
    }
}
