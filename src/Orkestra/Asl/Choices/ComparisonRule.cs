using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Choices;

/// <summary>JSONPath: compares a variable of the input (the specification's data-test expression).</summary>
public sealed record ComparisonRule : ChoiceRule
{
    /// <summary>The path of what is compared. The language requires it.</summary>
    public string? Variable { get; init; }

    /// <summary>How it is compared.</summary>
    public required ComparisonOperator Operator { get; init; }

    /// <summary>
    /// What it is compared with: a value; a path as a string for the operators that end in <c>Path</c>; the expected answer, true or false, for those that
    /// begin with <c>Is</c>.
    /// </summary>
    public required JsonValue Value { get; init; }
}
