namespace Orkestra.Expressions.Patterns;

/// <summary>A part of a regular expression as it was read.</summary>
internal abstract record PatternNode
{
    internal static PatternNode Empty { get; } = new Sequence([]);

    internal sealed record Set(CharSet Characters) : PatternNode;

    internal sealed record Sequence(IReadOnlyList<PatternNode> Items) : PatternNode;

    internal sealed record Choice(IReadOnlyList<PatternNode> Items) : PatternNode;

    /// <summary>A capturing group, numbered from 1.</summary>
    internal sealed record Group(int Number, PatternNode Body) : PatternNode;

    /// <summary>A repetition; <paramref name="Most"/> is null when there is no upper bound. The groups of its body are those from the first to before the last.</summary>
    internal sealed record Repeat(PatternNode Body, int Least, int? Most, RepeatKind Kind, int FirstGroup, int EndGroup) : PatternNode;

    internal sealed record Assert(Assertion Kind) : PatternNode;

    internal sealed record Look(PatternNode Body, bool Behind, bool Negated) : PatternNode;

    /// <summary>A group that gives nothing back once it has matched.</summary>
    internal sealed record Atomic(PatternNode Body) : PatternNode;

    internal sealed record Backreference(int Number, bool IgnoreCase) : PatternNode;

    /// <summary>How a repetition chooses between once more and enough.</summary>
    internal enum RepeatKind
    {
        Greedy,
        Lazy,
        Possessive,
    }

    /// <summary>A condition on a place of the text.</summary>
    internal enum Assertion
    {
        Start,
        End,

        /// <summary>The end, or before a line break that ends the text.</summary>
        LastLineEnd,
        LineStart,
        LineEnd,
        WordBoundary,
        NoWordBoundary,
    }
}
