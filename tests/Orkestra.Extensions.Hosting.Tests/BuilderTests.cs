using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>What AddOrkestra puts into the container.</summary>
public sealed class BuilderTests
{
    [Fact]
    public async Task Calling_it_twice_adds_to_the_same_runtime()
    {
        await using var services = new ServiceCollection()
            .AddSingleton<Gate>()
            .AddOrkestra(orkestra => orkestra.AddWorkflow<Waiting>())
            .AddOrkestra(orkestra => orkestra.AddWorkflow<Blocking>())
            .AddOrkestra()
            .BuildServiceProvider();
        services.GetServices<IHostedService>().ShouldHaveSingleItem();
        services.GetServices<OrkestraRuntime>().ShouldHaveSingleItem().StateMachines.All.Select(machine => machine.Identity.Name).Order().ShouldBe(["Blocking", "Waiting"]);
    }

    [Fact]
    public async Task Two_workflows_of_one_name_are_refused_and_one_twice_is_one()
    {
        await using var twice = new ServiceCollection().AddSingleton<Gate>().AddOrkestra(orkestra => orkestra.AddWorkflow<Waiting>().AddWorkflow<Waiting>()).BuildServiceProvider();
        twice.GetRequiredService<OrkestraRuntime>().StateMachines.All.ShouldHaveSingleItem();

        await using var two = new ServiceCollection().AddOrkestra(orkestra => orkestra.AddWorkflow<Same>().AddWorkflow<Elsewhere.Same>()).BuildServiceProvider();
        Should.Throw<InvalidOperationException>(() => two.GetRequiredService<OrkestraRuntime>())
            .Message.ShouldBe($"The workflows {typeof(Same).FullName} and {typeof(Elsewhere.Same).FullName} both have the name 'Same': override Name in one of them.");

        await using var differing = new ServiceCollection().AddOrkestra(orkestra => orkestra.AddWorkflow(new Region("eu")).AddWorkflow(new Region("us"))).BuildServiceProvider();
        Should.Throw<InvalidOperationException>(() => differing.GetRequiredService<OrkestraRuntime>())
            .Message.ShouldBe($"Two different workflows of the class {typeof(Region).FullName} have the name 'Region': override Name so that it differs, too.");
    }

    sealed class Region(string name) : Workflow<string, string>
    {
        public override Flow<string, string> Define() => Flow.Input<string>().Select(text => text + name);
    }

    sealed class Same : Workflow<int, int>
    {
        static readonly Step<int, int> One = new(number => number + 1);

        public override Flow<int, int> Define() => One;
    }

    static class Elsewhere
    {
        public sealed class Same : Workflow<int, int>
        {
            static readonly Step<int, int> Two = new(number => number + 2);

            public override Flow<int, int> Define() => Two;
        }
    }

    [Fact]
    public async Task A_workflow_is_made_by_the_container()
    {
        await using var services = new ServiceCollection().AddSingleton(new Phrases("Twice")).AddOrkestra(orkestra => orkestra.AddWorkflow<Doubling>()).BuildServiceProvider();
        var execution = await services.GetRequiredService<OrkestraRuntime>().StartAsync("Twice", 21);
        (await execution.Completion.WaitAsync(TestHost.Patience)).Output.ShouldBe((JsonValue)42);
    }

    [Fact]
    public async Task Options_are_the_callers()
    {
        var clock = new SkippingTimeProvider();
        TimeProvider? seen = null;
        var step = new Step<int, int>((number, context) =>
        {
            seen = context.TimeProvider;
            return number;
        })
        { Name = "Look" };
        await using var services = new ServiceCollection()
            .AddOrkestra(orkestra =>
            {
                orkestra.Options.TimeProvider = clock;
                orkestra.Options = orkestra.Options with { MaxConcurrentSteps = 3 };
                orkestra.AddWorkflow(new Looking(step));
            })
            .BuildServiceProvider();
        await (await services.GetRequiredService<OrkestraRuntime>().StartAsync("Looking", 1)).Completion.WaitAsync(TestHost.Patience);
        seen.ShouldBeSameAs(clock);
    }

    [Fact]
    public async Task A_change_after_the_runtime_exists_is_refused()
    {
        OrkestraBuilder kept = null!;
        await using var services = new ServiceCollection().AddOrkestra(orkestra => kept = orkestra).BuildServiceProvider();
        services.GetRequiredService<OrkestraRuntime>();
        Should.Throw<InvalidOperationException>(() => kept.AddWorkflow<Waiting>()).Message.ShouldContain("before the host is built");
        Should.Throw<InvalidOperationException>(() => kept.ResumeAtStart = false);
        Should.Throw<InvalidOperationException>(() => kept.Options = new OrkestraOptions());
    }

    sealed class Looking(Step<int, int> step) : Workflow<int, int>
    {
        public override Flow<int, int> Define() => step;
    }
}
