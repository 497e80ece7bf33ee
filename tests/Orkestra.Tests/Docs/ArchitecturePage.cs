using Orkestra.Authoring;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Docs;

/// <summary>The walk of one execution in <c>docs/architecture.md</c>.</summary>
public sealed class ArchitecturePage
{
    public sealed class Twice : Workflow<int, int>
    {
        static readonly Step<int, int> AddOne = new(n => n + 1);
        static readonly Step<int, int> Double = new(n => n * 2);
        public override Flow<int, int> Define() => AddOne >> Double;
    }

    [Fact]
    public async Task Three_signals_make_an_execution_of_two_steps()
    {
        var store = new InMemoryExecutionStore();
        await using var runtime = new OrkestraRuntime(options: new OrkestraOptions { Store = store });
        runtime.Register(new Twice());

        var execution = await runtime.StartAsync("Twice", 20, cancellationToken: TestContext.Current.CancellationToken);
        var result = await execution.Completion.WaitAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        result.Output!.ToJson().ShouldBe("42");
        (await store.ReadSignalsAsync(execution.Arn, TestContext.Current.CancellationToken)).Select(signal => signal.Kind.ToString()).ShouldBe(["Started", "TaskSucceeded", "TaskSucceeded"]);
    }
}
