using Orkestra.Asl.Choices;

namespace Orkestra.Asl;

/// <summary>Goes to one of several states (https://states-language.net/spec.html#choice-state).</summary>
public sealed record ChoiceState : State
{
    /// <inheritdoc/>
    public override string Type => "Choice";

    /// <summary>The rules, first match wins. The language requires at least one.</summary>
    public EquatableList<ChoiceRule> Choices { get; init; }

    /// <summary>The name of the state to go to when no rule matches; without it the execution fails with <c>States.Runtime</c>, which nothing catches.</summary>
    public string? Default { get; init; }
}
