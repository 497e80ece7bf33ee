using System.Linq.Expressions;
using Orkestra.Authoring;
using Orkestra.Authoring.Lowering;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring.Lowering;

/// <summary>A lambda, the JSONata it becomes, and payloads for which both give the same.</summary>
public sealed record LoweringCase(LambdaExpression Lambda, string Jsonata, Action<string> Check, Action<object, string> CheckOne)
{
    /// <summary>A case that runs over the given inputs, or over <see cref="Orders.All"/>.</summary>
    public static LoweringCase Of<TIn, TOut>(Expression<Func<TIn, TOut>> lambda, string jsonata, params TIn[] inputs)
    {
        var function = new Lazy<Func<TIn, TOut>>(lambda.Compile);
        return new(
            lambda,
            jsonata,
            text =>
            {
                foreach (var input in inputs.Length > 0 ? inputs : (TIn[])(object)Orders.All) Same(function.Value, input, text);
            },
            (input, text) => Same(function.Value, (TIn)input, text));
    }

    public static string Json<T>(T value) => PayloadSerializer.Default.Serialize(value).ToJson();

    public static string Lower(LambdaExpression lambda, PayloadSerializer? serializer = null) =>
        ExpressionLowering.ToJsonata(lambda, (serializer ?? PayloadSerializer.Default).Options, [.. lambda.Parameters.Select((_, i) => i == 0 ? "$states.input" : $"$given{i}")]);

    /// <summary>
    /// Runs the function and its JSONata on one input: they agree, or both fail. JSONata that gives nothing fails its state, so that counts as failing. What may differ
    /// where C# throws stands in <see cref="DocumentedDifferences"/>.
    /// </summary>
    public static void Same<TIn, TOut>(Func<TIn, TOut> function, TIn input, string jsonata, PayloadSerializer? serializer = null)
    {
        serializer ??= PayloadSerializer.Default;
        var payload = serializer.Serialize(input);
        JsonValue expected;
        try
        {
            expected = serializer.Serialize(function(input));
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or NullReferenceException or IndexOutOfRangeException or KeyNotFoundException or DivideByZeroException or FormatException or OverflowException or PayloadException)
        {
            var given = Attempt(jsonata, payload);
            if (given is not null && !DocumentedDifferences.Allow(exception, jsonata))
                Assert.Fail($"C# fails with {exception.GetType().Name}, {exception.Message} {jsonata} of {payload.ToJson()} gives {given.ToJson()}, and no documented difference says so.");
            return;
        }

        Evaluate(jsonata, payload).ShouldBe(expected, $"{jsonata} of {payload.ToJson()}");
    }

    static JsonValue? Attempt(string jsonata, JsonValue payload)
    {
        try
        {
            return Evaluate(jsonata, payload);
        }
        catch (JsonataException)
        {
            return null;
        }
    }

    public static JsonValue? Evaluate(string jsonata, JsonValue payload)
    {
        var states = new JsonObject.Builder().Set("input", payload).Build();
        return Orkestra.Expressions.Jsonata.Jsonata.Compile(jsonata, JsonataOptions.StepFunctions).Evaluate(null, new JsonataBindings().Set("states", states));
    }

    public override string ToString() => CSharpText.Of(Lambda);
}
