using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Authoring;
using Orkestra.Authoring.Lowering;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;

namespace Orkestra.Tests.Authoring.Lowering.Page;

/// <summary>A row of docs/expressions-in-csharp.md: a lambda, compiled here, and its text.</summary>
public sealed record PageRow(string CSharp, LambdaExpression Lambda, Action Check)
{
    static readonly Order[] Orders =
    [
        new("o-1", 7, 2.5m, [new("a", 2, 1.5m), new("b", 1, 4m), new("a", 1, 0.5m)])
        {
            Note = "soon", Limit = 9, Weight = -1.5, Paid = true, At = new(2024, 2, 29, 12, 30, 0, TimeSpan.Zero), Tags = ["x", "y"], Stock = new() { ["a"] = 3 }, Pair = ("n", 2),
        },
        new("O-22", -3, 10m, [new("c", 1, 3m)])
        {
            Status = Status.Closed, Weight = 2.25, At = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), Tags = [], Stock = new() { ["b"] = 1 }, Pair = ("m", 0),
            Result = Outcome.Failure<int>("States.Timeout", "late"),
        },
    ];

    public string Jsonata => ExpressionLowering.ToJsonata(Lambda, PayloadSerializer.Default.Options, ["$o"]);

    public static PageRow Of<T>(Expression<Func<Order, T>> lambda, [CallerArgumentExpression(nameof(lambda))] string text = "") =>
        new(text["o => ".Length..], lambda, () =>
        {
            var function = lambda.Compile();
            foreach (var order in Orders)
            {
                JsonValue expected;
                try
                {
                    expected = PayloadSerializer.Default.Serialize(function(order));
                }
                catch (Exception exception) when (exception is InvalidOperationException or FormatException or KeyNotFoundException)
                {
                    continue;
                }

                var text = ExpressionLowering.ToJsonata(lambda, PayloadSerializer.Default.Options, ["$o"]);
                var bindings = new JsonataBindings().Set("o", PayloadSerializer.Default.Serialize(order));
                Orkestra.Expressions.Jsonata.Jsonata.Compile(text, JsonataOptions.StepFunctions).Evaluate(null, bindings).ShouldBe(expected, text);
            }
        });
}
