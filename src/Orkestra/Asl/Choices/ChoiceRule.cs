using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Choices;

/// <summary>
/// A rule of a <see cref="ChoiceState"/>, or a part of one. Only a rule that stands directly in <c>Choices</c> may have <see cref="Next"/>,
/// <see cref="Assign"/> and <see cref="Output"/>.
/// </summary>
public abstract record ChoiceRule : AslElement
{
    private protected ChoiceRule()
    {
    }

    /// <summary>A text for people.</summary>
    public string? Comment { get; init; }

    /// <summary>The name of the state to go to when the rule matches.</summary>
    public string? Next { get; init; }

    /// <summary>The variables to set when the rule matches, in place of the state's own.</summary>
    public JsonObject? Assign { get; init; }

    /// <summary>JSONata: the output when the rule matches, in place of the state's own.</summary>
    public JsonValue? Output { get; init; }
}
