using System.Linq.Expressions;
using Orkestra.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>Outcomes and tuples of them, which is what captured errors give.</summary>
public sealed class OutcomeLoweringTests
{
    static readonly (Outcome<string> First, Outcome<int[]> Second)[] Pairs =
    [
        (Outcome.Success("fine"), Outcome.Success<int[]>([4])),
        (Outcome.Failure<string>("States.Timeout"), Outcome.Failure<int[]>("DivideByZeroException", "division")),
    ];

    [Fact]
    public void Success_is_told_by_the_shape() => Holds(p => p.First.IsSuccess, "$exists($states.input[0].Value)");

    [Fact]
    public void Values_and_errors()
    {
        Holds(p => p.First.IsSuccess ? p.First.Value : p.First.Error, "$exists($states.input[0].Value) ? $states.input[0].Value : $exists($states.input[0].Error) ? $states.input[0].Error : null");
        Holds(p => p.First.Error ?? "none", "$states.input[0].Error != null ? $states.input[0].Error : 'none'");
        Holds(p => new { p.First.Error, p.Second.Cause }, "{'error': $exists($states.input[0].Error) ? $states.input[0].Error : null, 'cause': $exists($states.input[1].Cause) ? $states.input[1].Cause : null}");
        Holds(p => p.Second.Error == null, "$not($states.input[1].Error != null)");
    }

    [Fact]
    public void Value_or() => Holds(p => p.First.ValueOr("none"), "$exists($states.input[0].Value) ? $states.input[0].Value : 'none'");

    [Fact]
    public void Match() =>
        Holds(
            p => p.Second.Match(numbers => numbers.Sum(), failure => failure.Error.Length),
            "$exists($states.input[1].Value) ? $sum($states.input[1].Value) : $length($states.input[1].Error)");

    [Fact]
    public void Outcomes_change_and_follow_each_other()
    {
        Holds(p => p.First.Select(text => text.Length));
        Holds(p => p.Second.Select(numbers => numbers.Length > 0 ? numbers[0] : 0).ValueOr(-1));
        Holds(p => from text in p.First from numbers in p.Second select text + numbers.Length);
        Holds(p => p.First.SelectMany(text => text.Length > 3 ? Outcome.Success(text.Length) : Outcome.Failure<int>("Short", text), (text, length) => new { text, length }));
        Holds(p => p.Second.SelectMany(numbers => p.First.IsSuccess ? Outcome.Failure<string>("None", null) : p.First, (numbers, text) => text));
    }

    [Fact]
    public void Values_and_failures_of_many()
    {
        foreach (var input in (Outcome<int>[][])[[], [Outcome.Success(3)], [Outcome.Failure<int>("A", "a")], [Outcome.Failure<int>("A"), Outcome.Success(3), Outcome.Success(-1), Outcome.Failure<int>("B")]])
        {
            Same(input, outcomes => outcomes.Values().ToArray());
            Same(input, outcomes => outcomes.Failures().ToArray());
            Same(input, outcomes => new { Sum = outcomes.Values().Sum(), Errors = outcomes.Failures().Select(failure => failure.Error).ToList(), Left = outcomes.Failures().Count() });
        }

        foreach (var input in (Outcome<int[]>[][])[[], [Outcome.Success<int[]>([1, 2])], [Outcome.Success<int[]>([])], [Outcome.Success<int[]>([1]), Outcome.Failure<int[]>("A"), Outcome.Success<int[]>([2, 3])]])
        {
            Same(input, outcomes => outcomes.Values().ToArray());
            Same(input, outcomes => outcomes.Values().Select(numbers => numbers.Length).ToArray());
        }

        static void Same<TIn, TOut>(TIn input, Expression<Func<TIn, TOut>> expression) => LoweringCase.Same(expression.Compile(), input, LoweringCase.Lower(expression));
    }

    [Fact]
    public void Failures() => Holds(p => p.First.Failure, "$exists($states.input[0].Error) ? $states.input[0] : null");

    [Fact]
    public void Outcomes_of_a_map()
    {
        Expression<Func<Outcome<int>[], int>> sum = outcomes => outcomes.Where(o => o.IsSuccess).Sum(o => o.Value);
        Expression<Func<Outcome<int>[], IEnumerable<string>>> errors = outcomes => outcomes.Where(o => !o.IsSuccess).Select(o => o.Error!);
        LoweringCase.Lower(sum).ShouldBe("$sum([$filter($states.input, function($o) { $exists($o.Value) }).Value])");
        foreach (var input in (Outcome<int>[][])[[], [Outcome.Success(3)], [Outcome.Failure<int>("A"), Outcome.Success(3), Outcome.Success(-1), Outcome.Failure<int>("B")]])
        {
            LoweringCase.Same(sum.Compile(), input, LoweringCase.Lower(sum));
            LoweringCase.Same(errors.Compile(), input, LoweringCase.Lower(errors));
        }
    }

    [Fact]
    public void Nothing_is_null()
    {
        Expression<Func<int, Nothing>> lambda = _ => default;
        LoweringCase.Lower(lambda).ShouldBe("null");
    }

    [Fact]
    public void Several_parameters()
    {
        Expression<Func<Order, Customer, string>> lambda = (order, customer) => order.Id + customer.Name;
        LoweringCase.Lower(lambda).ShouldBe("$states.input.id & $given1.name");
    }

    static void Holds<T>(Expression<Func<(Outcome<string> First, Outcome<int[]> Second), T>> lambda, string? jsonata = null)
    {
        var text = LoweringCase.Lower(lambda);
        if (jsonata is not null) text.ShouldBe(jsonata);
        foreach (var pair in Pairs) LoweringCase.Same(lambda.Compile(), pair, text);
    }
}
