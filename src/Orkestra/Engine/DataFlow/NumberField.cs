using System.Globalization;
using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>
/// A field that gives a number: a literal, an expression, or a path in the field of the same name with <c>Path</c>. What a path finds may also be a
/// string that holds a number.
/// </summary>
/// <param name="name">The field's name.</param>
/// <param name="value">The value.</param>
/// <param name="path">The path's text; null when it is no path.</param>
internal sealed class NumberField(string name, Template value, string? path)
{
    /// <summary>The number, which must be whole.</summary>
    internal long Evaluate(Evaluation at)
    {
        var found = value.Evaluate(at);
        if (found is JsonNumber number && number.TryGetInt64(out var whole)) return whole;
        if (path is not null && found is JsonString text && long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)) return whole;
        throw Refused(found, "integer");
    }

    /// <summary>The number, which may have a fraction.</summary>
    internal double EvaluateNumber(Evaluation at)
    {
        var found = value.Evaluate(at);
        if (found is JsonNumber number) return number.Value;
        if (path is not null && found is JsonString text && double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)) return parsed;
        throw Refused(found, "float");
    }

    EvaluationException Refused(JsonValue found, string type) => path is not null
        ? new(ErrorNames.Runtime, $"The {name} field refers to value \"{(found is JsonString text ? text.Value : found.ToJson())}\" which is not a valid {type}: {path}")
        : new(ErrorNames.QueryEvaluationError, $"The field '{name}' must be a valid {type} but was: {found.ToJson()}", name);
}
