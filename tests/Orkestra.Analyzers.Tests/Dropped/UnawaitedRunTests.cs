using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Dropped;

/// <summary>ORK035: runs that nothing waits for.</summary>
public sealed class UnawaitedRunTests
{
    [Theory]
    [InlineData("static void Check() { new Shop().RunAsync(1); }", "new Shop().RunAsync(1)")]
    [InlineData("static void Check() => new Shop().RunAsync(1);", "new Shop().RunAsync(1)")]
    [InlineData("static Action Check() => () => { new Shop().ExecuteAsync(1); };", "new Shop().ExecuteAsync(1)")]
    [InlineData("static void Check() { new Orkestra.Testing.WorkflowTest(new Shop()).RunAsync(1); }", "new Orkestra.Testing.WorkflowTest(new Shop()).RunAsync(1)")]
    public void Are_reported(string member, string at)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK035", at));
        finding.Message.ShouldStartWith($"Nothing waits for '{at}', so what goes wrong in it is not seen: write 'await {at};'");
    }

    [Theory]
    [InlineData("static async Task Check() { await new Shop().RunAsync(1); }")]
    [InlineData("static async Task Check() { new Shop().RunAsync(1); await Task.Yield(); }")]
    [InlineData("static Task Check() => new Shop().RunAsync(1);")]
    [InlineData("static void Check() { var run = new Shop().RunAsync(1); run.Wait(); }")]
    [InlineData("static void Check() { _ = new Shop().RunAsync(1); }")]
    [InlineData("static Task RunAsync(int number) => Task.CompletedTask; static void Check() { RunAsync(1); }")]
    public void Others_are_fine_or_said_by_the_compiler(string member) => Found(member).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($$"""
        public sealed class Shop : Workflow<int, int>
        {
            static readonly Step<int, int> Add = new(n => n + 1);
            public override Flow<int, int> Define() => Add;
            {{member}}
        }
        """);
}
