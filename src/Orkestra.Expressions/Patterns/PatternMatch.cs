namespace Orkestra.Expressions.Patterns;

/// <summary>A match: where it is in a text, and where its groups are.</summary>
/// <param name="text">The text.</param>
/// <param name="places">The start and end of the match and of each group; -1 for a group that took no part.</param>
internal sealed class PatternMatch(string text, int[] places)
{
    internal int Index => places[0];

    internal int Length => places[1] - places[0];

    internal int End => places[1];

    internal string Value => text[places[0]..places[1]];

    /// <summary>The text of a group; null when it took no part.</summary>
    internal string? Group(int number) => places[2 * number] < 0 || places[(2 * number) + 1] < 0 ? null : text[places[2 * number]..places[(2 * number) + 1]];
}
