namespace Orkestra.Expressions.Patterns;

/// <summary>
/// A compiled regular expression. It never changes, so any number of threads may use it. Its matching counts every step, so that whether a search ends in a match, none or a limit
/// depends on pattern and text alone and never on a clock.
/// </summary>
internal sealed class PatternProgram
{
    internal required string Source { get; init; }

    /// <summary>Operations and their operands; see <see cref="PatternOp"/>.</summary>
    internal required int[] Code { get; init; }

    internal required CharSet[] Sets { get; init; }

    internal required string[] Literals { get; init; }

    /// <summary>Capturing groups, the whole match not counted.</summary>
    internal required int GroupCount { get; init; }

    /// <summary>The number of each named group.</summary>
    internal required IReadOnlyDictionary<string, int> GroupNames { get; init; }

    /// <summary>Registers of counters and loop starts.</summary>
    internal required int RegisterCount { get; init; }

    /// <summary>The text every match begins with; empty when it is not known.</summary>
    internal required string Prefix { get; init; }

    /// <summary>What every match begins with; null when it is not known.</summary>
    internal required CharSet? First { get; init; }

    /// <summary>Every match begins at the start of the text.</summary>
    internal required bool IsAnchored { get; init; }

    /// <summary>Characters are code points and not code units.</summary>
    internal required bool IsCodePoints { get; init; }

    /// <summary>
    /// Of each branch the number under which it may be remembered that it failed at a place, so that it is not tried there again; 0 for none. Null when what a branch does depends on more
    /// than the place.
    /// </summary>
    internal required int[]? Branches { get; init; }

    internal required int BranchCount { get; init; }

    /// <summary>The registers of the loops around each numbered branch whose bodies may match nothing: a branch also depends on whether they made progress.</summary>
    internal required int[][] BranchLoops { get; init; }

    /// <summary>The first match that begins at an offset or behind it; null when there is none.</summary>
    internal PatternMatch? Find(string text, int from, IWorkMeter meter)
    {
        using var lease = PatternMatcher.Rent();
        return lease.Matcher.Search(this, text, from, meter) is { } places ? new PatternMatch(text, places.ToArray()) : null;
    }

    /// <summary>Whether there is a match.</summary>
    internal bool IsMatch(string text, IWorkMeter meter)
    {
        using var lease = PatternMatcher.Rent();
        return lease.Matcher.Search(this, text, 0, meter) is not null;
    }
}
