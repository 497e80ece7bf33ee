using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Dropped;

/// <summary>ORK023: flows that are made and not used.</summary>
public sealed class DroppedFlowTests
{
    [Theory]
    [InlineData("var flow = Same >> Same; flow.Retry(3); return flow;", "flow.Retry(3)", "write 'flow = flow.Retry(3);', compose it with '>>', or return it")]
    [InlineData("Same.Select(n => n + 1); return Same >> Same;", "Same.Select(n => n + 1)", "compose it with '>>', or return it")]
    [InlineData("Same.Switch(n => n).Case(1, Same).Default(Same); return Same >> Same;", "Same.Switch(n => n).Case(1, Same).Default(Same)", "compose it with '>>', or return it")]
    [InlineData("var flow = Same >> Same; var other = flow >> Same.Retry(3); return flow;", "flow >> Same.Retry(3)", "compose 'other' with '>>', or return it")]
    [InlineData("var guarded = Same.Catch<Exception>((n, error) => 1); var timed = guarded.Timeout(TimeSpan.FromSeconds(3)); return guarded >> Same;", "guarded.Timeout(TimeSpan.FromSeconds(3))", "compose 'timed' with '>>', or return it")]
    [InlineData("Flow<int, int> flow = Same >> Same; flow = Same >> Same.Retry(3); return flow;", "Same >> Same", "compose it with '>>' before 'flow' is assigned again")]
    [InlineData("Flow<int, int> flow = Same; flow = flow.Retry(3); flow = Same.Retry(4); return flow;", "flow.Retry(3)", "compose it with '>>' before 'flow' is assigned again")]
    [InlineData("var flow = Same >> Same; var twice = flow >> flow; flow = flow.Retry(3); return twice;", "flow.Retry(3)", "compose 'flow' with '>>', or return it")]
    public void Are_reported(string body, string at, string fix)
    {
        var finding = Found($"public override Flow<int, int> Define() {{ {body} }}").ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK023", at));
        finding.Message.ShouldEndWith(fix);
    }

    [Theory]
    [InlineData("public override Flow<int, int> Define() { var flow = Same >> Same; flow = flow.Retry(3); return flow; }")]
    [InlineData("public override Flow<int, int> Define() { _ = Same.Retry(3); return Same; }")]
    [InlineData("public override Flow<int, int> Define() => Same.Retry(3); public static void Refuse() => Refused(() => Same.Retry(-1)); static void Refused(System.Action action) => action();")]
    [InlineData("public override Flow<int, int> Define() { Note(); return Same; } static void Note() { }")]
    [InlineData("public override Flow<int, int> Define() { var flow = Same >> Same; var timed = flow.Timeout(TimeSpan.FromSeconds(3)); return timed; }")]
    [InlineData("public override Flow<int, int> Define() { Flow<int, int> flow = Same >> Same; if (Environment.ProcessId > 0) flow = flow.Retry(3); return flow; }")]
    [InlineData("public override Flow<int, int> Define() { Flow<int, int> flow = Same >> Same; if (Environment.ProcessId > 0) flow = Same.Retry(3); return flow; }")]
    [InlineData("public override Flow<int, int> Define() { Flow<int, int> flow = Same; for (var i = 0; i < 3; i++) flow = flow >> Same; return flow; }")]
    [InlineData("public override Flow<int, int> Define() { Flow<int, int> flow = Same; for (var i = 0; i < 3; i++) { var next = flow >> Same; flow = next >> Same; } return flow; }")]
    [InlineData("public override Flow<int, int> Define() { Flow<int, int> flow; flow = Same >> Same; while (true) { flow = Same >> Same >> Same; if (Environment.ProcessId > 0) break; flow = Same.Retry(2); } return flow; }")]
    [InlineData("public override Flow<int, int> Define() { Flow<int, int> flow = Same >> Same; Flow<int, int> Made() => flow; var made = Made(); flow = Same.Retry(2); return made >> flow; }")]
    [InlineData("public override Flow<int, int> Define() { var name = Same.ToString(); var count = 1 >> 2; return Same; }")]
    [InlineData("Flow<int, int> kept = Same; public override Flow<int, int> Define() { kept = Same.Retry(3); return Same; }")]
    public void Those_that_are_used_are_fine(string members) => Found(members).ShouldBeEmpty();

    [Fact]
    public void A_test_may_only_make_flows() => Analysis.OfOrkestra("public sealed class Tests { static readonly Step<int, int> Same = new(n => n); public void Refuses() { var flow = Same.Retry(3); } }").ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members) =>
        Analysis.OfOrkestra($"public sealed class Shop : Workflow<int, int> {{ static readonly Step<int, int> Same = new(n => n); {members} }}");
}
