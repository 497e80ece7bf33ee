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
