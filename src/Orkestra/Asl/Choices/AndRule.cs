namespace Orkestra.Asl.Choices;

/// <summary>JSONPath: matches when all of its parts match.</summary>
public sealed record AndRule : ChoiceRule
{
    /// <summary>The parts. The language requires at least one.</summary>
    public EquatableList<ChoiceRule> Rules { get; init; }
}
