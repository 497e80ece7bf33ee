using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Results;

/// <summary>ORK021: functions with parameters or results that no step can have.</summary>
public sealed class FunctionMisfitTests
{
    [Theory]
    [InlineData("Add); static int Add(ref int n) => n;//", "'Add' takes 'n' by reference")]
    [InlineData("Add); static int Add() => 1;//", "'Add' takes nothing")]
    [InlineData("Add); static int Add(StepContext context, int n) => n;//", "'Add' takes the StepContext first")]
    [InlineData("Add); static int Add(int n, CancellationToken stop) => n;//", "'Add' takes the CancellationToken 'stop'")]
    [InlineData("Add); static int Add(int n, int by = 1) => n;//", "'Add' has optional parameters")]
    [InlineData("Add); static int Add(int n, int by) => n;//", "'Add' takes 2 values")]
    [InlineData("Add); static int Add(string n) => 1;//", "'Add' takes string")]
    [InlineData("Add); static string Add(int n) => \"\";//", "'Add' gives string")]
    [InlineData("Add); static Task<string> Add(int n) => Task.FromResult(\"\");//", "'Add' gives string")]
    [InlineData("Add); static ValueTask<int> Add(int n) => new(n);//", "'Add' gives a ValueTask")]
    [InlineData("Other.Add); static class Other { public static int Add(int n, int by) => n; }//", "'Add' takes 2 values")]
    public void Of_a_method_it_is_said_why(string function, string sentence)
    {
        var finding = Found(function).ShouldHaveSingleItem();
        finding.Id.ShouldBe("ORK021");
        finding.Message.ShouldStartWith(sentence);
    }

    [Theory]
    [InlineData("() => 1", "The function of a step is given its input, int: write '_ => 1'")]
    [InlineData("(n, context, stop) => n", "The function of a step is given its input and, if it takes one, a StepContext")]
    public void Of_a_lambda_it_is_said_how_many(string function, string sentence) => Found($"{function});//").ShouldHaveSingleItem().Message.ShouldStartWith(sentence);

    [Theory]
    [InlineData("Add); static int Add(int n) => n;//")]
    [InlineData("Add); static Task<int> Add(int n, StepContext context) => Task.FromResult(n);//")]
    [InlineData("Add); static T Add<T>(T n) => n;//")]
    [InlineData("Missing);//")]
    [InlineData("n => Missing(n));//")]
    public void Other_mistakes_are_the_compilers(string function) => Found(function).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string function) => Analysis.OfOrkestra($"public static class Shop {{ static readonly Step<int, int> Sum = new({function}\n}}");
}
