using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Recursion;

/// <summary>ORK020: definitions that contain themselves.</summary>
public sealed class RecursionTests
{
    [Theory]
    [InlineData("public override Flow<int, int> Define() => A >> Define();", "'Define' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("public override Flow<int, int> Define() => A >> new Work().Define();", "'Define' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("Flow<int, int> Rest => A >> Rest; public override Flow<int, int> Define() => A >> Rest;", "'Rest' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    public void Are_reported(string members, string message)
    {
        var finding = Found(members).ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK020", message));
    }

    [Fact]
    public void Through_another_member() => Found("Flow<int, int> Rest() => A >> Define(); public override Flow<int, int> Define() => A >> Rest();").Select(finding => finding.Message).ShouldBe(
    [
        "'Rest' composes itself, which never ends (through 'Define'): loop with '.Retry(…)' or '.Map()', or start the workflow again from a step",
        "'Define' composes itself, which never ends (through 'Rest'): loop with '.Retry(…)' or '.Map()', or start the workflow again from a step",
    ], ignoreOrder: true);

    [Theory]
    [InlineData("static Flow<int, int> Times(int n) => n == 0 ? A : A >> Times(n - 1); public override Flow<int, int> Define() => Times(3);")]
    [InlineData("static Flow<int, int> Twice => A >> A; public override Flow<int, int> Define() => Twice >> Twice;")]
    [InlineData("public override Flow<int, int> Define() => A >> new Other().Define();")]
    public void Those_with_an_end_are_fine(string members) => Found(members).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members) => Analysis.OfOrkestra($$"""
        public sealed class Other : Workflow<int, int>
        {
            static readonly Step<int, int> B = new(n => n);
            public override Flow<int, int> Define() => B >> B;
        }
        public sealed class Work : Workflow<int, int>
        {
            static readonly Step<int, int> A = new(n => n);
            {{members}}
        }
        """);
}
