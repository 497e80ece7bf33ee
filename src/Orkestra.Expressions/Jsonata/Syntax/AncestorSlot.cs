namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>A <c>%</c> that looks for the step whose input it names. <see cref="Level"/> counts the steps still to go up.</summary>
internal sealed class AncestorSlot(string label)
{
    internal string Label { get; set; } = label;

    internal int Level { get; set; } = 1;
}
