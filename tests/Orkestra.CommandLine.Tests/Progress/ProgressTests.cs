using Orkestra.Authoring;
using Orkestra.CommandLine.Progress;
using Orkestra.Hosting;
using Orkestra.Hosting.Histories;
using Spectre.Console.Testing;
using Xunit;

namespace Orkestra.CommandLine.Tests.Progress;

/// <summary>The tree a terminal shows, as text.</summary>
public sealed class ProgressTests
{
    [Fact]
    public Task HelloOrkestra_is_shown_as_approved() => CheckAsync(new HelloOrkestra());

    [Fact]
    public Task Retries_and_captured_errors_are_shown_as_approved() => CheckAsync(new Orchestration());

    [Fact]
    public Task Many_iterations_are_counted() => CheckAsync(new ManyItems());

    [Fact]
    public async Task The_readme_shows_the_tree_of_HelloOrkestra()
    {
        var model = await RunAsync(new HelloOrkestra());
        var picture = TerminalPicture.Of("$ dotnet run --project samples/HelloOrkestra", new RunTree(model, "HelloOrkestra").Render(model.Now), "A run of HelloOrkestra in a terminal");
        Approval.Check(Path.Combine("..", "..", "..", "docs", "images", "terminal.svg"), picture);
    }

    static async Task<HistoryTree> RunAsync(Workflow workflow)
    {
        var model = new HistoryTree();
        await workflow.ExecuteAsync(null, OrkestraOptions.SkippingTime, new ExecutionOptions { OnEvent = historyEvent => model.Apply(historyEvent) });
        return model;
    }

    static async Task CheckAsync(Workflow workflow)
    {
        var model = await RunAsync(workflow);
        using var console = new TestConsole();
        console.Profile.Width = 120;
        console.Write(new RunTree(model, workflow.Name).Render(model.Now));
        Approval.Check($"{workflow.Name}.tree.txt", console.Output);
    }

    sealed class ManyItems : Workflow<Nothing, Outcome<int>[]>
    {
        static readonly Step<Nothing, int[]> Make = new(_ => [.. Enumerable.Range(0, 40)]);
        static readonly Step<int, int> Divide = new(number => 12 / (number % 20));

        public override Flow<Nothing, Outcome<int>[]> Define() => Make >> Divide.MapOutcomes(maxConcurrency: 3);
    }
}
