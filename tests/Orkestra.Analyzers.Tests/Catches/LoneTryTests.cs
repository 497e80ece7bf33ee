using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Catches;

/// <summary>ORK034: a Try that nothing follows.</summary>
public sealed class LoneTryTests
{
    [Theory]
    [InlineData("Try(Add >> Add)")]
    [InlineData("Add >> Try(Add >> Add)")]
    [InlineData("Workflow.Try(Add >> Add) >> Add")]
    [InlineData("(Try(Add >> Add)) >> Add")]
    public void Is_reported(string flow)
    {
        var finding = Found($"public override Flow<int, int> Define() => {flow};").ShouldHaveSingleItem();
        finding.Id.ShouldBe("ORK034");
        finding.Message.ShouldStartWith("This Try(…) catches nothing, because nothing follows it: write 'Try(Add >> Add).Catch<Exception>(…)'");
    }

    [Theory]
    [InlineData("public override Flow<int, int> Define() => Try(Add >> Add).Catch<IOException>(Undo);")]
    [InlineData("public override Flow<int, int> Define() => Add >> (Try(Add >> Add)).Retry(2);")]
    [InlineData("public override Flow<int, int> Define() { var tried = Try(Add >> Add); return tried.Catch<IOException>(Undo); }")]
    [InlineData("Flow<int, int> Part() => Try(Add >> Add); public override Flow<int, int> Define() => Part().Catch<IOException>(Undo);")]
    [InlineData("public override Flow<int, int> Define() => Try(Add >> Add.When(n => n > 3, Flow.Succeed<int, int>())) >> Add;")]
    [InlineData("public override Flow<int, int> Define() => Try(Add.CompensateWith(Log) >> Add) >> Add;")]
    [InlineData("static readonly Flow<int, int> Twice = Add >> Add; public override Flow<int, int> Define() => Try(Twice >> Add) >> Add;")]
    [InlineData("static Flow<int, int> Try(int n) => Add; public override Flow<int, int> Define() => Try(1) >> Add;")]
    public void What_is_followed_or_may_be_is_fine(string members) => Found(members).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members) => Analysis.OfOrkestra($$"""
        public sealed class Shop : Workflow<int, int>
        {
            static readonly Step<int, int> Add = new(n => n + 1);
            static readonly Step<int, Nothing> Log = new(n => default);
            static readonly Step<Failure, int> Undo = new(failure => 0);
            {{members}}
        }
        """);
}
