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
    public void Those_that_are_used_are_fine(string members) => Found(members).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members) =>
        Analysis.OfOrkestra($"public sealed class Shop : Workflow<int, int> {{ static readonly Step<int, int> Same = new(n => n); {members} }}");
}
