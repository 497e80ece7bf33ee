using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Reading;
using Orkestra.Sqlite.Tests.Contract;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Files;

public sealed class StoreFileTests : IDisposable
{
    readonly TempFolder folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_file_is_made_with_its_folder_and_leaves_no_log_behind()
    {
        var path = Path.Combine(folder.Path, "a", "b", "c.db");
        var options = new OrkestraOptions();
        await using (var store = options.UseSqlite(path))
        {
            options.Store.ShouldBeSameAs(store);
            store.Path.ShouldBe(path);
            await store.CreateAsync(Commits.Start(Commits.Record("one")), Ct);
        }

        Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName).Order().ShouldBe(["c.db", "c.db.lock"]);
    }

    [Fact]
    public async Task Commits_are_synced()
    {
        await using var store = new SqliteExecutionStore(folder.Store);
        using var file = new SqliteConnection($"Data Source={folder.Store};Pooling=False");
        file.Open();
        using var command = file.CreateCommand();
        command.CommandText = "PRAGMA journal_mode";
        command.ExecuteScalar().ShouldBe("wal");
        using var writer = StoreFile.Open(Path.Combine(folder.Path, "other.db"));
        writer.Writer.Number("PRAGMA synchronous").ShouldBe(2);
    }

    [Fact]
    public async Task A_store_that_is_only_read_has_everything_and_changes_nothing()
    {
        var one = Commits.Record("one");
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            store.WriteProblem.ShouldBeNull();
            await store.CreateAsync(Commits.Start(one), Ct);
        }

        File.Delete($"{folder.Store}.lock");
        await using (var read = SqliteExecutionStore.OpenReadOnly(folder.Store))
        {
            read.WriteProblem.ShouldBe($"The store '{folder.Store}' was opened to be read only.");
            (await read.QueryAsync(new ExecutionQuery(), Ct)).Executions.ShouldBe([one]);
            (await read.ReadSignalsAsync(one.Arn, Ct)).Count.ShouldBe(1);
            (await Should.ThrowAsync<ExecutionStoreException>(async () => await read.CreateAsync(Commits.Start(Commits.Record("two")), Ct))).Message.ShouldBe(read.WriteProblem);
            await Should.ThrowAsync<ExecutionStoreException>(async () => await read.PruneAsync(new RetentionPolicy { MaxCount = 0 }, Ct));
            // Another store may write the file meanwhile.
            await using var writes = new SqliteExecutionStore(folder.Store);
            await writes.CreateAsync(Commits.Start(Commits.Record("two")), Ct);
            (await read.QueryAsync(new ExecutionQuery(), Ct)).Executions.Count.ShouldBe(2);
        }

        Should.Throw<ExecutionStoreException>(() => SqliteExecutionStore.OpenReadOnly(folder.Store + "x")).Message.ShouldBe($"There is no store '{folder.Store}x'.");
        var old = Path.Combine(folder.Path, "old.db");
        StoreFile.Open(old, schema: 1).Dispose();
        Should.Throw<ExecutionStoreException>(() => SqliteExecutionStore.OpenReadOnly(old)).Message.ShouldContain("has the schema 1 of an earlier version");
    }

    [Fact]
    public async Task A_file_in_a_folder_that_cannot_be_written_is_read()
    {
        await using (var store = new SqliteExecutionStore(folder.Store)) await store.CreateAsync(Commits.Start(Commits.Record("one")), Ct);
        File.Delete($"{folder.Store}.lock");
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "This user can write everywhere.");
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await using var read = SqliteExecutionStore.OpenReadOnly(folder.Store);
            (await read.QueryAsync(new ExecutionQuery(), Ct)).Executions.Count.ShouldBe(1);
        }
        finally
        {
            File.SetUnixFileMode(folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_second_store_on_the_file_is_refused_until_the_first_is_closed()
    {
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            var refusal = Should.Throw<ExecutionStoreException>(() => new SqliteExecutionStore(folder.Store));
            refusal.Message.ShouldBe($"The store '{folder.Store}' is in use by another process, or by another store of this one. Stop that process, or choose another file.");
            await store.CreateAsync(Commits.Start(Commits.Record("one")), Ct);
        }

        await using var next = new SqliteExecutionStore(folder.Store);
        (await next.QueryAsync(new ExecutionQuery(), Ct)).Executions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_second_process_is_refused()
    {
        await using var store = new SqliteExecutionStore(folder.Store);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Orkestra.Sqlite.KillProgram.dll"));
        start.ArgumentList.Add(folder.Path);
        start.ArgumentList.Add("0");
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldNotBe(0);
        errors.ShouldContain("is in use by another process");
    }

    [Fact]
    public void A_file_of_an_earlier_schema_is_brought_to_this_one_and_keeps_what_it_has()
    {
        using (var old = StoreFile.Open(folder.Store, schema: 1)) old.Writer.Execute("INSERT INTO revisions VALUES ('h1', 1, '{}')");
        using var store = StoreFile.Open(folder.Store);
        store.Writer.Number("PRAGMA user_version").ShouldBe(Schema.Newest);
        store.Writer.Number("SELECT count(*) FROM revisions").ShouldBe(1);
        store.Writer.Number("SELECT count(*) FROM catalog").ShouldBe(0);
    }

    [Fact]
    public async Task A_file_of_the_second_schema_gets_schedules_and_backfills()
    {
        using (var old = StoreFile.Open(folder.Store, schema: 2)) old.Writer.Execute("INSERT INTO revisions VALUES ('h1', 1, '{}')");
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            (await store.ReadSchedulesAsync(Ct)).ShouldBeEmpty();
            (await store.ReadBackfillsAsync(Ct)).ShouldBeEmpty();
            var now = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
            await store.AddScheduleAsync(new ScheduleRecord { Name = "a", Expression = "rate(1 hour)", Since = now, SettledUntil = now }, Ct);
            await store.SetPausedAsync("a", true, now, Ct);
        }

        await using (var again = new SqliteExecutionStore(folder.Store)) (await again.ReadSchedulesAsync(Ct)).ShouldHaveSingleItem().IsPaused.ShouldBeTrue();
        using var file = StoreFile.Open(folder.Store);
        file.Writer.Number("PRAGMA user_version").ShouldBe(Schema.Newest);
        file.Writer.Number("SELECT count(*) FROM revisions").ShouldBe(1);
    }

    [Fact]
    public void A_file_of_a_newer_version_is_refused()
    {
        using (var file = StoreFile.Open(folder.Store)) file.Writer.Execute("PRAGMA user_version = 99");
        var refusal = Should.Throw<ExecutionStoreException>(() => new SqliteExecutionStore(folder.Store));
        refusal.Message.ShouldBe($"A newer version of Orkestra made the store '{folder.Store}': it has the schema 99, and this version knows those up to {Schema.Newest}. Update the program.");
    }

    [Fact]
    public void Another_program_s_file_is_refused_and_stays_as_it_is()
    {
        using (var connection = new SqliteConnection($"Data Source={folder.Store};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE theirs (a); PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        var before = File.ReadAllBytes(folder.Store);
        Should.Throw<ExecutionStoreException>(() => new SqliteExecutionStore(folder.Store)).Message.ShouldContain("of another program");
        File.ReadAllBytes(folder.Store).ShouldBe(before);

        File.WriteAllText(folder.Store, new string('x', 10_000));
        Should.Throw<ExecutionStoreException>(() => new SqliteExecutionStore(folder.Store)).Message.ShouldContain("is not a SQLite file");
    }

    [Fact]
    public void A_path_that_cannot_be_a_file_is_refused()
    {
        File.WriteAllText(Path.Combine(folder.Path, "file"), "");
        Should.Throw<ExecutionStoreException>(() => new SqliteExecutionStore(Path.Combine(folder.Path, "file", "x.db")));
        Should.Throw<ExecutionStoreException>(() => new SqliteExecutionStore(folder.Path));
    }

    [Fact]
    public async Task A_file_that_became_read_only_fails_commits_without_repetition_and_can_be_read()
    {
        var record = Commits.Record("one");
        await using (var store = new SqliteExecutionStore(folder.Store)) await store.CreateAsync(Commits.Start(record), Ct);
        using var file = StoreFile.Open(folder.Store);
        file.Writer.Execute("PRAGMA query_only = 1");
        Should.Throw<ExecutionStoreException>(() => file.Writer.Execute("DELETE FROM tokens")).Message.ShouldContain("cannot be written");
    }

    [Fact]
    public async Task What_was_asked_for_before_the_store_is_closed_is_stored_and_what_comes_later_is_refused()
    {
        var store = new SqliteExecutionStore(folder.Store);
        var creating = Enumerable.Range(0, 500).Select(i => store.CreateAsync(Commits.Start(Commits.Record($"e{i}")), Ct).AsTask()).ToArray();
        await store.DisposeAsync();
        await Task.WhenAll(creating);
        (await Should.ThrowAsync<ExecutionStoreException>(async () => await store.CreateAsync(Commits.Start(Commits.Record("late")), Ct))).Message.ShouldContain("is closed");
        (await Should.ThrowAsync<ExecutionStoreException>(async () => await store.FindAsync("arn", Ct))).Message.ShouldContain("is closed");
        await store.DisposeAsync();
        await using var again = new SqliteExecutionStore(folder.Store);
        (await again.QueryAsync(new ExecutionQuery { Limit = 1_000 }, Ct)).Executions.Count.ShouldBe(500);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_page_is_read_in_the_order_of_an_index(bool isContinued)
    {
        using var file = StoreFile.Open(folder.Store);
        using var reader = file.OpenReader();
        using var plan = reader.PrepareOnce($"EXPLAIN QUERY PLAN {ExecutionSearch.SqlOf(isContinued)}");
        var steps = new List<string>();
        while (plan.Step()) steps.Add(plan.Text(3));
        // Only those that started at the same time are sorted.
        steps.ShouldBe(["SEARCH e USING INDEX executions_by_machine (map_run=? AND machine=? AND status=? AND start>? AND start<?)", "USE TEMP B-TREE FOR LAST TERM OF ORDER BY"]);
    }

    [Fact]
    public async Task Entries_of_the_catalog_are_added_replaced_and_removed_together()
    {
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            (await store.ReadAllAsync(Ct)).ShouldBeEmpty();
            await store.WriteAsync([new CatalogEntry("a", "1", "x"), new CatalogEntry("a", "2", "y"), new CatalogEntry("b", "1", "z")], Ct);
            await store.WriteAsync([new CatalogEntry("a", "1", null), new CatalogEntry("a", "2", "new"), new CatalogEntry("a", "none", null)], Ct);
        }

        await using var again = new SqliteExecutionStore(folder.Store);
        (await again.ReadAllAsync(Ct)).OrderBy(entry => entry.Kind, StringComparer.Ordinal).ShouldBe([new CatalogEntry("a", "2", "new"), new CatalogEntry("b", "1", "z")]);
    }
}
