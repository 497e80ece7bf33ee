using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Tests.Contract;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests.StepLogs;

public sealed class InMemoryStepLogStoreTests : StepLogStoreContract
{
    protected override IStepLogStore Open(StepLogLimits limits) => new InMemoryStepLogStore(limits);

    protected override Task AddAsync(ExecutionRecord execution) => Task.CompletedTask;

    [Fact]
    public async Task Executions_that_have_not_logged_for_the_longest_time_give_room()
    {
        var store = new InMemoryStepLogStore(maxTotalCharacters: 1_000);
        var executions = Enumerable.Range(0, 4).Select(i => Commits.Record($"e{i}")).ToArray();
        foreach (var execution in executions[..3]) await store.AppendAsync([Line(execution, new string('a', 250))], Ct);
        await store.AppendAsync([Line(executions[0], "again")], Ct);
        await store.AppendAsync([Line(executions[3], new string('a', 250))], Ct);
        var counts = new List<int>();
        foreach (var execution in executions) counts.Add((await store.ReadAsync(new StepLogQuery { ExecutionArn = execution.Arn }, Ct)).Lines.Count);
        counts.ShouldBe([2, 0, 1, 1]);
    }
}
