using Orkestra.Authoring;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Sqlite.Tests;

/// <summary>The code of <c>docs/sqlite.md</c>, run.</summary>
public sealed class SqlitePage : IDisposable
{
    readonly TempFolder folder = new();

    public sealed class PlaceOrder : Workflow<int, int>
    {
        static readonly Step<int, int> Price = new(quantity => quantity * 3);

        public override Flow<int, int> Define() => Price;
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Executions_are_in_the_file_when_it_is_opened_again()
    {
        (await PlaceAsync(folder.Store)).ShouldBe("6");
        await PruneAsync(folder.Store);
    }

    static async Task<string> PlaceAsync(string path)
    {
        var options = new OrkestraOptions();
        await using var store = options.UseSqlite(path);
        await using var runtime = new OrkestraRuntime(options: options);
        runtime.Register(new PlaceOrder());
        await runtime.ResumeAllAsync();

        var execution = await runtime.StartAsync("PlaceOrder", 2, "first");
        return (await execution.Completion.WaitAsync(TimeSpan.FromMinutes(1))).Output!.ToJson();
    }

    static async Task PruneAsync(string path)
    {
        await using var store = new SqliteExecutionStore(path);
        (await store.QueryAsync(new ExecutionQuery(), TestContext.Current.CancellationToken)).Executions.ShouldHaveSingleItem().Name.ShouldBe("first");
        await store.PruneAsync(new RetentionPolicy { MaxAge = TimeSpan.FromDays(30), MaxCount = 100_000 });
        (await store.QueryAsync(new ExecutionQuery(), TestContext.Current.CancellationToken)).Executions.ShouldHaveSingleItem();
    }
}
