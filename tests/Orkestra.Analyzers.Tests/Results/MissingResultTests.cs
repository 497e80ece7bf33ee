using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Results;

/// <summary>ORK021: steps whose functions give no value.</summary>
public sealed class MissingResultTests
{
    [Theory]
    [InlineData("new(_ => Task.Delay(1))", "Task.Delay(1)", "await the task and return int")]
    [InlineData("new(number => Console.WriteLine(number))", "Console.WriteLine(number)", "return int")]
    [InlineData("new(async number => { await Task.Delay(number); })", "=>", "await the task and return int")]
    [InlineData("new((number, context) => Task.Delay(number, context.CancellationToken))", "Task.Delay(number, context.CancellationToken)", "await the task and return int")]
    [InlineData("new(Log)", "Log", "return int")]
    public void A_function_without_a_result_is_reported_at_what_gives_none(string value, string at, string fix)
    {
        var finding = Found($"static readonly Step<int, int> Count = {value};").ShouldHaveSingleItem();

        finding.Id.ShouldBe("ORK021");
        finding.Code.ShouldBe(at);
        finding.Message.ShouldBe($"The step 'Count' is to give int, but its function gives no value: {fix}, or declare the step as Step<int, Nothing>");
    }

    [Theory]
    [InlineData("static readonly Step<int, Nothing> Count = new(_ => Task.Delay(1));")]
    [InlineData("static readonly Step<int, object?> Count = new(_ => Task.Delay(1));")]
    [InlineData("static readonly Step<int, Nothing> Count = new(Log);")]
    [InlineData("static readonly Step<int, int> Count = new(async number => { await Task.Delay(number); return number; });")]
    [InlineData("static readonly Step<int, int> Count = new(number => throw new FormatException());")]
    public void What_gives_nothing_may(string step) => Found(step).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($$"""
        public static class Program
        {
            static void Log(int number) => Console.WriteLine(number);
            {{member}}
        }
        """);
}
