using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>A rule that says nothing the language knows: no operator and no condition. The reader reports it; its fields are in <see cref="AslElement.Extensions"/>.</summary>
public sealed record UnknownRule : ChoiceRule
{
    /// <summary>The rule as it was read when it is not an object; null when it is.</summary>
    public JsonValue? Value { get; init; }
}
