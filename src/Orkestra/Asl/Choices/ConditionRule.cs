using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Choices;

/// <summary>JSONata: matches when an expression is true.</summary>
public sealed record ConditionRule : ChoiceRule
{
    /// <summary>The expression, a text in <c>{% … %}</c>, or a boolean.</summary>
    public required JsonValue Condition { get; init; }
}
