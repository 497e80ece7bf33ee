using Microsoft.Data.Sqlite;
using Orkestra.Engine;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Tests.Contract;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Faults;

/// <summary>What a disk that fails does to commits: those that fail have stored nothing, and the others are not affected.</summary>
public sealed class WriteFaultTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly FaultyDisk disk;

    public WriteFaultTests() => disk = new FaultyDisk(folder.Store);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        disk.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(FaultyDisk.Full)]
    [InlineData(FaultyDisk.WriteError)]
    public async Task A_fault_that_passes_is_thrown_as_it_is_and_stores_nothing(int code)
    {
        var record = Commits.Record("one");
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await store.CreateAsync(Commits.Start(record, ["kept"]), Ct);
            disk.Fault = call => call.IsSync ? 0 : code;
            var commit = Commits.Next(record, record with { Status = ExecutionStatus.Succeeded, StopTime = Commits.Noon, Output = 1 }, ["other"], Commits.Answer(1));
            // Not an ExecutionStoreException, so that the runtime repeats the call.
            (await Should.ThrowAsync<SqliteException>(async () => await store.AppendAsync(commit, Ct))).SqliteErrorCode.ShouldBe(code & 0xFF);
            await Should.ThrowAsync<SqliteException>(async () => await store.CreateAsync(Commits.Start(Commits.Record("two")), Ct));
            (await store.FindAsync(record.Arn, Ct)).ShouldBe(record);
            (await store.FindTokenOwnerAsync("kept", Ct)).ShouldBe(record.Arn);
            disk.Fault = _ => 0;
            await store.AppendAsync(commit, Ct);
            await store.CreateAsync(Commits.Start(Commits.Record("two")), Ct);
            record = commit.Execution;
            (await store.FindAsync(record.Arn, Ct)).ShouldBe(record);
        }

        await using var again = new SqliteExecutionStore(folder.Store);
        (await again.FindAsync(record.Arn, Ct)).ShouldBe(record);
        (await again.ReadSignalsAsync(record.Arn, Ct)).Count.ShouldBe(2);
        (await again.QueryAsync(new ExecutionQuery(), Ct)).Executions.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_disk_did_not_confirm_ends_the_writing()
    {
        var record = Commits.Record("one");
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await store.CreateAsync(Commits.Start(record), Ct);
            disk.Fault = call => call is { IsSync: true, IsLog: true } ? FaultyDisk.SyncError : 0;
            (await Should.ThrowAsync<ExecutionStoreException>(async () => await store.AppendAsync(Commits.Next(record, Commits.Answer(1)), Ct))).Message.ShouldContain("did not confirm");
            // A sync that succeeds later says nothing about what was written before.
            disk.Fault = _ => 0;
            (await Should.ThrowAsync<ExecutionStoreException>(async () => await store.AppendAsync(Commits.Next(record, Commits.Answer(1)), Ct))).Message.ShouldContain("did not confirm");
            (await store.FindAsync(record.Arn, Ct)).ShouldBe(record, "it can be read");
        }

        await using var again = new SqliteExecutionStore(folder.Store);
        (await again.FindAsync(record.Arn, Ct))!.Sequence.ShouldBeInRange(1, 2);
        await again.CreateAsync(Commits.Start(Commits.Record("two")), Ct);
    }

    [Fact]
    public async Task A_commit_that_cannot_be_written_does_not_fail_those_beside_it()
    {
        await using var store = new SqliteExecutionStore(folder.Store);
        // The first sync waits until all others have queued, so that they are one transaction, which fails. Then each is written alone.
        var (entered, gate) = HoldLogSync();
        var first = store.CreateAsync(Commits.Start(Commits.Record("first")), Ct).AsTask();
        await entered.WaitAsync(Ct);
        var good = Enumerable.Range(0, 20).Select(i => store.CreateAsync(Commits.Start(Commits.Record($"good-{i}")), Ct).AsTask()).ToArray();
        var bad = store.CreateAsync(Commits.Start(Commits.Record("bad", input: new string('x', 3_000_000))), Ct).AsTask();
        var pages = 0;
        disk.Fault = call =>
        {
            if (!call.IsLog || (!call.IsSync && call.Length < 4096)) return 0;
            // A transaction of more than 100 pages does not fit.
            if (!call.IsSync && ++pages <= 100) return 0;
            var code = call.IsSync ? 0 : FaultyDisk.Full;
            pages = 0;
            return code;
        };
        gate.Set();
        await first;
        await Task.WhenAll(good);
        (await Should.ThrowAsync<SqliteException>(() => bad)).SqliteErrorCode.ShouldBe(FaultyDisk.Full);
        (await store.FindAsync(Commits.Record("bad").Arn, Ct)).ShouldBeNull();
        (await store.QueryAsync(new ExecutionQuery(), Ct)).Executions.Count.ShouldBe(21);
    }

    [Fact]
    public async Task A_conflict_does_not_fail_those_beside_it()
    {
        await using var store = new SqliteExecutionStore(folder.Store);
        var record = Commits.Record("one");
        await store.CreateAsync(Commits.Start(record), Ct);
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            try
            {
                if (i % 2 == 0) await store.CreateAsync(Commits.Start(Commits.Record($"good-{i}")), Ct);
                else await store.AppendAsync(Commits.Next(record with { Sequence = 5 }, Commits.Answer(1)), Ct);
                return 1;
            }
            catch (SequenceConflictException)
            {
                return 0;
            }
        }));
        results.Sum().ShouldBe(100);
        (await store.QueryAsync(new ExecutionQuery { Limit = 500 }, Ct)).Executions.Count.ShouldBe(101);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_before_the_disk_has_it()
    {
        await using var store = new SqliteExecutionStore(folder.Store);
        var (entered, gate) = HoldLogSync();
        var record = Commits.Record("one");
        var creating = store.CreateAsync(Commits.Start(record), Ct).AsTask();
        await entered.WaitAsync(Ct);
        creating.IsCompleted.ShouldBeFalse();
        // Readers do not wait for the writer, and do not see what may be lost.
        (await store.FindAsync(record.Arn, Ct)).ShouldBeNull();
        (await store.QueryAsync(new ExecutionQuery(), Ct)).Executions.ShouldBeEmpty();
        using var source = new CancellationTokenSource();
        var queued = store.CreateAsync(Commits.Start(Commits.Record("two")), source.Token).AsTask();
        await source.CancelAsync();
        gate.Set();
        await creating;
        await Should.ThrowAsync<OperationCanceledException>(() => queued);
        (await store.FindAsync(record.Arn, Ct)).ShouldBe(record);
        (await store.FindAsync(Commits.Record("two").Arn, Ct)).ShouldBeNull();
    }

    // A sync of the log says that it was entered, and then waits for the gate.
    (SemaphoreSlim Entered, ManualResetEventSlim Gate) HoldLogSync()
    {
        var (entered, gate) = (new SemaphoreSlim(0), new ManualResetEventSlim());
        disk.Fault = call =>
        {
            if (call is not { IsSync: true, IsLog: true }) return 0;
            entered.Release();
            gate.Wait(TimeSpan.FromMinutes(1));
            return 0;
        };
        return (entered, gate);
    }
}
