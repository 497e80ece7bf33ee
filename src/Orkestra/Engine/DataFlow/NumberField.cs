using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>A field that gives a whole number: a literal, an expression, or a path in the field of the same name with <c>Path</c>.</summary>
/// <param name="name">The field's name.</param>
/// <param name="value">The value.</param>
/// <param name="path">The path's text; null when it is no path.</param>
internal sealed class NumberField(string name, Template value, string? path)
{
    internal string Name => name;

    internal string? Path => path;

    internal Template Value => value;

    /// <summary>The number as a non-negative whole number.</summary>
    internal long Evaluate(Evaluation at)
    {
        var number = value.Evaluate(at);
        if (number is JsonNumber json && json.TryGetInt64(out var whole)) return whole;
        throw NotAnInteger(number);
    }

    EvaluationException NotAnInteger(JsonValue number) => path is not null
        ? new(ErrorNames.Runtime, $"The {name} field refers to value {QuotedJson(number)} which is not a valid integer: {path}")
        : new(ErrorNames.QueryEvaluationError, $"The field '{name}' must be an integer but was: {number.ToJson()}", name);

    /// <summary>A value between double quotes, as AWS shows one that is no number.</summary>
    internal static string QuotedJson(JsonValue value) => $"\"{(value is JsonString text ? text.Value : value.ToJson())}\"";
}
