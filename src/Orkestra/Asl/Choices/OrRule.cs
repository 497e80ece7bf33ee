namespace Orkestra.Asl.Choices;

/// <summary>JSONPath: matches when at least one of its parts matches.</summary>
public sealed record OrRule : ChoiceRule
{
    /// <summary>The parts. The language requires at least one.</summary>
    public EquatableList<ChoiceRule> Rules { get; init; }
}
