namespace Orkestra.Expressions.Formatting;

/// <summary>What <see cref="EcmaRegexTranslator"/> made of a pattern.</summary>
/// <param name="Pattern">The .NET pattern.</param>
/// <param name="GroupCount">Capturing groups, the whole match not counted.</param>
/// <param name="GroupNames">The number of each named group.</param>
/// <param name="NeedsBacktracking">It has lookarounds or backreferences, or is too large for an automaton.</param>
/// <param name="MayBacktrackMuch">It has repetitions that a text may be divided among in many ways.</param>
internal sealed record EcmaRegexTranslation(
    string Pattern, int GroupCount, IReadOnlyDictionary<string, int> GroupNames, bool NeedsBacktracking, bool MayBacktrackMuch);
