using System.Collections.Concurrent;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.KillProgram;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.Faults;

/// <summary>What a runtime on the store does while its disk fails: docs/durability.md.</summary>
public sealed class RuntimeFaultTests : IDisposable
{
    readonly TempFolder folder = new();
    readonly FaultyDisk disk;
    readonly ConcurrentQueue<string> calls = [];

    public RuntimeFaultTests() => disk = new FaultyDisk(folder.Store);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        disk.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(FaultyDisk.Full)]
    [InlineData(FaultyDisk.WriteError)]
    public async Task A_fault_that_passes_is_not_seen(int code)
    {
        await using var store = new SqliteExecutionStore(folder.Store);
        await using var runtime = Runtime(store, retries: 4);
        var faults = 0;
        disk.Fault = call => !call.IsSync && calls.Count == 5 && faults++ < 2 ? code : 0;
        var execution = await runtime.StartAsync("chain", JsonObject.Empty, "one", Ct);
        (await execution.Completion).Status.ShouldBe(ExecutionStatus.Succeeded);
        faults.ShouldBeGreaterThan(1);
        calls.ShouldBe(Enumerable.Range(0, 10).Select(i => $"S{i}"));
    }

    [Fact]
    public async Task An_execution_is_suspended_while_the_disk_is_full_and_goes_on_later()
    {
        await using var store = new SqliteExecutionStore(folder.Store);
        await using var runtime = Runtime(store, retries: 1);
        disk.Fault = call => !call.IsSync && calls.Count >= 5 ? FaultyDisk.Full : 0;
        var execution = await runtime.StartAsync("chain", JsonObject.Empty, "one", Ct);
        await Should.ThrowAsync<ExecutionStoreException>(async () => await execution.Completion);
        await Should.ThrowAsync<ExecutionStoreException>(() => runtime.StartAsync("chain", JsonObject.Empty, "two", Ct));
        var stored = (await store.FindAsync(execution.Arn, Ct))!;
        stored.Status.ShouldBe(ExecutionStatus.Running);
        stored.Sequence.ShouldBe(5, "the start and four answers");
        (await store.QueryAsync(new ExecutionQuery(), Ct)).Executions.Count.ShouldBe(1);
        disk.Fault = _ => 0;
        var summary = await runtime.ResumeAllAsync(Ct);
        summary.Failed.ShouldBeEmpty();
        (await (await runtime.ResumeAsync(execution.Arn, Ct)).Completion).Status.ShouldBe(ExecutionStatus.Succeeded);
        // The task whose answer could not be stored is called again, and no other.
        calls.ShouldBe(["S0", "S1", "S2", "S3", "S4", "S4", "S5", "S6", "S7", "S8", "S9"]);
        (await (await runtime.StartAsync("chain", JsonObject.Empty, "two", Ct)).Completion).Status.ShouldBe(ExecutionStatus.Succeeded);
    }

    [Fact]
    public async Task What_the_disk_did_not_confirm_is_not_repeated_and_goes_on_in_the_next_process()
    {
        string arn;
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await using var runtime = Runtime(store, retries: 4);
            disk.Fault = call => call is { IsSync: true, IsLog: true } && calls.Count >= 5 ? FaultyDisk.SyncError : 0;
            var execution = await runtime.StartAsync("chain", JsonObject.Empty, "one", Ct);
            arn = execution.Arn;
            (await Should.ThrowAsync<ExecutionStoreException>(async () => await execution.Completion)).Message.ShouldContain("did not confirm");
        }

        disk.Fault = _ => 0;
        await using var again = new SqliteExecutionStore(folder.Store);
        await using var next = Runtime(again, retries: 4);
        (await (await next.ResumeAsync(arn, Ct)).Completion).Status.ShouldBe(ExecutionStatus.Succeeded);
        calls.Distinct().ShouldBe(Enumerable.Range(0, 10).Select(i => $"S{i}"));
    }

    [Fact]
    public async Task An_execution_that_is_damaged_is_set_aside_and_the_others_go_on()
    {
        string[] arns;
        await using (var store = new SqliteExecutionStore(folder.Store))
        {
            await using var runtime = Runtime(store, retries: 0);
            arns = [.. await Task.WhenAll(Enumerable.Range(0, 3).Select(async i => (await runtime.StartAsync("callback", JsonObject.Empty, $"e{i}", Ct)).Arn))];
            await runtime.DrainAsync(Ct);
        }

        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={folder.Store};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE commits SET data = CAST(substr(data, 1, length(data) - 1) || x'7f' AS BLOB) WHERE id = (SELECT head FROM executions WHERE arn LIKE '%:e1')";
            command.ExecuteNonQuery().ShouldBe(1);
        }

        await using var again = new SqliteExecutionStore(folder.Store);
        await using var next = Runtime(again, retries: 0);
        var summary = await next.ResumeAllAsync(Ct);
        summary.Resumed.ShouldBe([arns[0], arns[2]], ignoreOrder: true);
        var (arn, problem) = summary.Failed.ShouldHaveSingleItem();
        arn.ShouldBe(arns[1]);
        problem.Message.ShouldBe($"The execution '{arn}' in the store '{folder.Store}' is damaged: the commit up to the signal 2 cannot be read. Its checksum is wrong: the bytes are damaged.");
        // It is listed, and says what is wrong with it.
        var listed = (await next.QueryAsync(new ExecutionQuery { NamePrefix = "e1" }, Ct)).Executions.ShouldHaveSingleItem();
        listed.Error.ShouldBe("Orkestra.Damaged");
        (await Should.ThrowAsync<ExecutionStoreException>(async () => await again.FindAsync(arn, Ct))).Message.ShouldContain(arn);
    }

    OrkestraRuntime Runtime(SqliteExecutionStore store, int retries)
    {
        var runtime = new OrkestraRuntime(new LoadInvoker(invocation => calls.Enqueue(invocation.StateName)), new OrkestraOptions { Store = store, StoreRetries = retries });
        foreach (var kind in Machines.All) runtime.StateMachines.Add(kind, Machines.PlanOf(kind));
        return runtime;
    }
}
