using Orkestra.Hosting.Storage;
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
}
