using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Frozen;

/// <summary>ORK033: expressions over variables that change.</summary>
public sealed class ChangingVariableTests
{
    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) flow = flow.When(n => n > i, Add);", "i")]
    [InlineData("for (var i = 0; i < 3; i++) { flow = flow.When(n => n > i, Add); }", "i")]
    [InlineData("var i = 0; while (i < 3) { i++; flow = flow.When(n => n > i, Add); }", "i")]
    [InlineData("var limit = 1; flow = flow.When(n => n > limit, Add); limit = 2;", "limit")]
    [InlineData("var limit = 1; flow = flow.When(n => n > limit, Add); limit += 2;", "limit")]
    public void Are_reported(string body, string variable)
    {
        var finding = Found(body).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK033", variable));
        finding.Message.ShouldStartWith($"'{variable}' changes after this expression is composed");
        finding.Message.ShouldEndWith($"'var own = {variable};'");
    }

    [Theory]
    [InlineData("for (var i = 0; i < 3; i++) { var own = i; flow = flow.When(n => n > own, Add); }")]
    [InlineData("foreach (var i in new[] { 1, 2 }) flow = flow.When(n => n > i, Add);")]
    [InlineData("for (var i = 0; i < 3; i++) flow = flow >> Add;")]
    [InlineData("var limit = 1; limit = 2; flow = flow.When(n => n > limit, Add);")]
    [InlineData("int limit; if (DateTime.MinValue.Year > 0) limit = 1; else limit = 2; flow = flow.When(n => n > limit, Add);")]
    [InlineData("for (var i = 0; i < 3; i++) { int own; own = i + 1; flow = flow.When(n => n > own, Add); }")]
    public void Others_keep_their_value(string body) => Found(body).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string body) =>
        Analysis.OfOrkestra($"public static class Shop {{ static readonly Step<int, int> Add = new(n => n + 1); static Flow<int, int> Made() {{ Flow<int, int> flow = Add; {body} return flow; }} }}");
}
