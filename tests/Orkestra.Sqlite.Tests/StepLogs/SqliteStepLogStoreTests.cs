using Microsoft.Data.Sqlite;
using Orkestra.Engine;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Tests.Contract;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.StepLogs;

public sealed class SqliteStepLogStoreTests : StepLogStoreContract
{
    readonly TempFolder folder = new();
    SqliteExecutionStore? store;

    protected override IStepLogStore Open(StepLogLimits limits) => store = new SqliteExecutionStore(folder.Store, limits);

    protected override async Task AddAsync(ExecutionRecord execution) => await store!.CreateAsync(Commits.Start(execution), Ct);

    public override void Dispose()
    {
        store?.Dispose();
        folder.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task Lines_are_there_after_a_restart_and_go_on()
    {
        var one = Commits.Record("one");
        var logs = Open(Small);
        await AddAsync(one);
        await logs.AppendAsync([Line(one, "before")], Ct);
        store!.Dispose();
        logs = Open(Small);
        await logs.AppendAsync([Line(one, "after")], Ct);
        (await logs.ReadAsync(new StepLogQuery { ExecutionArn = one.Arn }, Ct)).Lines.Select(line => (line.Number, line.Message)).ShouldBe([(1, "before"), (2, "after")]);
    }

    [Fact]
    public async Task Lines_go_with_their_execution()
    {
        var logs = Open(new StepLogLimits());
        var one = Commits.Record("one");
        await AddAsync(one);
        await logs.AppendAsync([Line(one, "a"), Line(Commits.Record("unknown"), "b")], Ct);
        await store!.AppendAsync(Commits.Next(one, one with { Status = ExecutionStatus.Succeeded, StopTime = Commits.Noon.AddMinutes(1), Output = 1 }, null, Commits.Answer(1)), Ct);
        Count("step_logs").ShouldBe(1);
        (await store.PruneAsync(new RetentionPolicy { MaxCount = 0 }, Ct)).Executions.ShouldBe(1);
        Count("step_logs").ShouldBe(0);
        Count("step_log_sizes").ShouldBe(0);
        await logs.AppendAsync([Line(one, "too late")], Ct);
        Count("step_logs").ShouldBe(0);
    }

    long Count(string table)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Store};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The name of a table of this test.
        command.CommandText = $"SELECT count(*) FROM {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
