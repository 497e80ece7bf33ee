namespace Orkestra.Asl.Choices;

/// <summary>JSONPath: matches when its part does not.</summary>
public sealed record NotRule : ChoiceRule
{
    /// <summary>The part.</summary>
    public required ChoiceRule Rule { get; init; }
}
