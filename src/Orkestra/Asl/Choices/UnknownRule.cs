namespace Orkestra.Asl.Choices;

/// <summary>A rule that says nothing the language knows: no operator and no condition. The reader reports it; its fields are in <see cref="AslElement.Extensions"/>.</summary>
public sealed record UnknownRule : ChoiceRule;
