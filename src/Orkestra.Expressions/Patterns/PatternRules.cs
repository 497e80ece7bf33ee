namespace Orkestra.Expressions.Patterns;

/// <summary>What flavors of regular expressions differ in when they match.</summary>
/// <param name="CodePoints">A character is a code point, not a UTF-16 code unit.</param>
/// <param name="ForgetsGroups">Each iteration of a repetition forgets the groups in it.</param>
/// <param name="EmptyIterationEnds">An iteration that matches nothing ends its repetition; otherwise it fails.</param>
/// <param name="UnsetReferenceMatches">A reference to a group that took no part matches nothing; otherwise it fails.</param>
/// <param name="AsciiCases">Without regard to case only the letters of ASCII have two.</param>
internal sealed record PatternRules(bool CodePoints, bool ForgetsGroups, bool EmptyIterationEnds, bool UnsetReferenceMatches, bool AsciiCases)
{
    /// <summary>ECMA-262 without the u flag.</summary>
    internal static PatternRules Ecma { get; } = new(CodePoints: false, ForgetsGroups: true, EmptyIterationEnds: false, UnsetReferenceMatches: true, AsciiCases: false);

    /// <summary>java.util.regex.</summary>
    internal static PatternRules Java { get; } = new(CodePoints: true, ForgetsGroups: false, EmptyIterationEnds: true, UnsetReferenceMatches: false, AsciiCases: true);
}
