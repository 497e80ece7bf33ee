using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Dropped;

/// <summary>ORK036: runs whose outcome nothing looks at.</summary>
public sealed class UncheckedRunTests
{
    const string Test = "new Orkestra.Testing.WorkflowTest(new Shop()).RunAsync(1)";
    const string Runner = "new WorkflowRunner(new Shop()).RunAsync(1)";

    [Theory]
    [InlineData($"static async Task Check() {{ await {Test}; }}", Test, $"write '(await {Test}).ShouldSucceed();'")]
    [InlineData($"static async Task Check() => await {Test};", Test, $"write '(await {Test}).ShouldSucceed();'")]
    [InlineData($"static async Task Check() {{ var run = await {Test}; }}", Test, $"write '(await {Test}).ShouldSucceed();'")]
    [InlineData($"static async Task Check() {{ await {Runner}; }}", Runner, "look at 'IsSuccess' of what it gives")]
    public void Are_reported(string member, string at, string fix)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK036", at));
        finding.Message.ShouldBe($"A run that fails throws nothing, and the result of '{at}' is not used, so nothing sees how it ends: {fix}");
    }

    [Theory]
    [InlineData($"static async Task Check() {{ var run = await {Test}; run.ShouldSucceed(); }}")]
    [InlineData($"static async Task Check() {{ var run = await {Test}; Action look = () => run.ShouldSucceed(); look(); }}")]
    [InlineData($"static async Task Check() {{ (await {Test}).ShouldFail(); }}")]
    [InlineData($"static async Task Check() {{ _ = await {Test}; }}")]
    [InlineData($"static int seen; static async Task Check() {{ await {Test}; if (seen != 1) throw new InvalidOperationException(); }}")]
    [InlineData($"static Func<Task> Check() => async () => await {Test};")]
    [InlineData("static async Task Check() { await new Shop().RunAsync(1); }")]
    [InlineData("static async Task<int> RunAsync(int number) { await Task.Yield(); return number; } static async Task Check() { await RunAsync(1); }")]
    public void Others_are_fine(string member) => Found(member).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($$"""
        using Orkestra.Hosting;
        public sealed class Shop : Workflow<int, int>
        {
            static readonly Step<int, int> Add = new(n => n + 1);
            public override Flow<int, int> Define() => Add;
            {{member}}
        }
        """);
}
