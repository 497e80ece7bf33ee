using Microsoft.Data.Sqlite;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Tests.Contract;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Faults;

/// <summary>Files that are damaged: a clear error, and never a guess.</summary>
public sealed class DamageTests : IDisposable
{
    readonly TempFolder folder = new();

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Of_a_log_that_ends_in_the_middle_everything_before_that_counts()
    {
        var copy = Path.Combine(folder.Path, "copy.db");
        var record = Commits.Record("one");
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await store.CreateAsync(Commits.Start(record), Ct);
            for (var i = 0; i < 20; i++)
            {
                var commit = Commits.Next(record, Commits.Answer(i));
                await store.AppendAsync(commit, Ct);
                record = commit.Execution;
            }

            // As after a crash: the log has not been moved into the file.
            Copy(folder.Store, copy);
            Copy($"{folder.Store}-wal", $"{copy}-wal");
        }

        // A byte of the last page.
        var log = await File.ReadAllBytesAsync($"{copy}-wal", Ct);
        log[^100] ^= 0x55;
        await File.WriteAllBytesAsync($"{copy}-wal", log, Ct);
        await CheckAsync(copy, record.Sequence - 1);

        // The log was cut off in the middle of a page, again and again.
        for (var length = log.Length - 200; length > 40_000; length -= 10_000)
        {
            Copy(folder.Store, copy);
            await File.WriteAllBytesAsync($"{copy}-wal", log[..length], Ct);
            await CheckAsync(copy, null);
        }

        async Task CheckAsync(string path, long? sequence)
        {
            await using var store = new SqliteExecutionStore(path);
            var found = await store.FindAsync(record.Arn, Ct);
            if (sequence is not null) found!.Sequence.ShouldBe(sequence.Value);
            if (found is null) return;
            var signals = await store.ReadSignalsAsync(record.Arn, Ct);
            signals.Count.ShouldBe((int)found.Sequence);
            Commits.Texts(signals.Skip(1)).ShouldBe(Commits.Texts(Enumerable.Range(0, signals.Count - 1).Select(i => Commits.Answer(i))));
            await store.AppendAsync(Commits.Next(found, Commits.Answer(1)), Ct);
        }
    }

    [Theory]
    [InlineData("UPDATE commits SET data = CAST(substr(data, 1, length(data) - 3) || x'010203' AS BLOB) WHERE sequence = 2", "checksum")]
    [InlineData("UPDATE commits SET data = CAST(substr(data, 1, 4) AS BLOB) WHERE sequence = 2", "too early")]
    [InlineData("UPDATE commits SET data = CAST(x'63' || substr(data, 2) AS BLOB) WHERE sequence = 2", "the form 99")]
    [InlineData("DELETE FROM commits WHERE sequence = 2", "is missing")]
    [InlineData("UPDATE commits SET execution = 77 WHERE sequence = 2", "does not belong to it")]
    [InlineData("UPDATE commits SET sequence = 3 WHERE sequence = 2", "does not belong to it")]
    [InlineData("UPDATE commits SET previous = 0 WHERE sequence = 3", "were expected")]
    public async Task A_commit_that_is_damaged_is_named_and_others_are_read(string damage, string message)
    {
        var record = Commits.Record("one");
        var other = Commits.Record("other");
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await store.CreateAsync(Commits.Start(record), Ct);
            for (var i = 0; i < 3; i++)
            {
                var commit = Commits.Next(record, Commits.Answer(i));
                await store.AppendAsync(commit, Ct);
                record = commit.Execution;
            }

            await store.CreateAsync(Commits.Start(other), Ct);
        }

        Execute(damage);
        await using var again = new SqliteExecutionStore(folder.Store);
        var problem = await Should.ThrowAsync<FormatException>(async () => await again.ReadSignalsAsync(record.Arn, Ct));
        problem.Message.ShouldContain(message);
        problem.Message.ShouldContain(record.Arn);
        (await again.ReadSignalsAsync(other.Arn, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_execution_that_is_damaged_is_still_found_when_it_is_due()
    {
        var record = Commits.Record("one") with { IsIdle = true, NextDue = Commits.Noon };
        await using (var store = new SqliteExecutionStore(folder.Store)) await store.CreateAsync(Commits.Start(record), Ct);
        Execute("UPDATE commits SET data = x'00'");
        await using var again = new SqliteExecutionStore(folder.Store);
        var due = (await again.ReadDueAsync(Commits.Noon, 10, Ct)).ShouldHaveSingleItem();
        (due.Arn, due.IsIdle, due.NextDue, due.Error).ShouldBe((record.Arn, false, record.NextDue, "Orkestra.Damaged"));
    }

    [Fact]
    public async Task Documents_that_are_damaged_are_named()
    {
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await store.SaveRevisionAsync(new StateMachineRevision("h1", "{}"), Ct);
            await store.WriteAsync([new CatalogEntry("stateMachine", "arn:1", "value")], Ct);
        }

        Execute("UPDATE revisions SET definition = '[]'; UPDATE catalog SET value = '\"other\"'");
        await using var again = new SqliteExecutionStore(folder.Store);
        (await Should.ThrowAsync<ExecutionStoreException>(async () => await again.FindRevisionAsync("h1", Ct))).Message.ShouldContain("h1");
        (await Should.ThrowAsync<FormatException>(async () => await again.ReadAllAsync(Ct))).Message.ShouldContain("arn:1");
    }

    [Fact]
    public async Task Pages_that_are_damaged_are_an_error_of_the_file()
    {
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            for (var i = 0; i < 300; i++) await store.CreateAsync(Commits.Start(Commits.Record($"e{i}")), Ct);
        }

        var bytes = await File.ReadAllBytesAsync(folder.Store, Ct);
        // All pages but the first, which has the schema.
        Array.Fill<byte>(bytes, 0xEE, 4096, bytes.Length - 4096);
        await File.WriteAllBytesAsync(folder.Store, bytes, Ct);
        var problem = await Should.ThrowAsync<ExecutionStoreException>(async () =>
        {
            await using var store = new SqliteExecutionStore(folder.Store);
            await store.FindAsync(Commits.Record("e1").Arn, Ct);
        });
        problem.Message.ShouldContain("is damaged");
        problem.Message.ShouldContain(folder.Store);
    }

    void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Store};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery().ShouldBeGreaterThan(0);
    }

    static void Copy(string from, string to) => File.Copy(from, to, overwrite: true);
}
