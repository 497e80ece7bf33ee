using static Orkestra.Expressions.Patterns.PatternNode;

namespace Orkestra.Expressions.Patterns;

/// <summary>What a pattern asks of a place of a text.</summary>
internal static class PatternConditions
{
    internal static bool Holds(Assertion kind, string text, int at) => kind switch
    {
        Assertion.Start => at == 0,
        Assertion.End => at == text.Length,
        Assertion.LineStart => at == 0 || IsLineEnd(text[at - 1]),
        Assertion.LineEnd => at == text.Length || IsLineEnd(text[at]),
        Assertion.WordBoundary => IsWordAt(text, at - 1) != IsWordAt(text, at),
        Assertion.NoWordBoundary => IsWordAt(text, at - 1) == IsWordAt(text, at),
        _ => IsLastLineEnd(text, at),
    };

    static bool IsLineEnd(char c) => c is '\n' or '\r' or '\u2028' or '\u2029';

    static bool IsLastLineEnd(string text, int at)
    {
        if (at == text.Length) return true;
        if (at == text.Length - 2) return text[at] == '\r' && text[at + 1] == '\n';
        return at == text.Length - 1 && (IsLineEnd(text[at]) || text[at] == '\u0085') && !(text[at] == '\n' && at > 0 && text[at - 1] == '\r');
    }

    static bool IsWordAt(string text, int at) => at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_');

    /// <summary>Whether two texts are the same.</summary>
    /// <param name="left">A text.</param>
    /// <param name="right">One of the same length.</param>
    /// <param name="cases">0: cases differ; 1: they do not; 2: those of ASCII do not.</param>
    internal static bool AreSame(ReadOnlySpan<char> left, ReadOnlySpan<char> right, int cases)
    {
        if (cases == 0) return left.SequenceEqual(right);
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] != right[i] && !CharSet.Of(left[i]).WithBothCases(asciiOnly: cases == 2).Contains(right[i])) return false;
        }

        return true;
    }
}
