using System.Text.RegularExpressions;

namespace Orkestra.Expressions.Formatting;

/// <summary>
/// A regular expression literal of ECMA-262 (https://tc39.es/ecma262/#sec-regexp-regular-expression-objects, without the u flag, with annex B) as a
/// .NET one. Groups are numbered from left to right, named ones included. Every match is bounded: patterns that could backtrack much run in
/// time linear in the text where they have no lookaround and no backreference, and all others under a time limit.
/// </summary>
internal sealed class EcmaRegex
{
    /// <summary>The time one match may take before <see cref="RegexMatchTimeoutException"/>, unless told otherwise: one second.</summary>
    internal static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(1);

    EcmaRegex(string source, Regex regex, int groupCount, IReadOnlyDictionary<string, int> groupNames)
    {
        Source = source;
        Regex = regex;
        GroupCount = groupCount;
        GroupNames = groupNames;
    }

    /// <summary>The pattern between the slashes.</summary>
    internal string Source { get; }

    /// <summary>Use <see cref="Regex.Match(string, int)"/> with the place to start at; group 0 is the match. It may throw <see cref="RegexMatchTimeoutException"/>.</summary>
    internal Regex Regex { get; }

    /// <summary>Capturing groups, the whole match not counted.</summary>
    internal int GroupCount { get; }

    /// <summary>The number of each named group.</summary>
    internal IReadOnlyDictionary<string, int> GroupNames { get; }

    /// <summary>Translates a pattern.</summary>
    /// <param name="pattern">The text between the slashes.</param>
    /// <param name="ignoreCase">The flag i.</param>
    /// <param name="multiline">The flag m: ^ and $ also match at line ends.</param>
    /// <param name="timeout">The limit of one match; <see cref="DefaultTimeout"/> when null.</param>
    /// <exception cref="EcmaRegexException">The text is no regular expression, or nests too deep or is too large.</exception>
    internal static EcmaRegex Compile(string pattern, bool ignoreCase = false, bool multiline = false, TimeSpan? timeout = null)
    {
        var translated = new EcmaRegexTranslator(pattern, multiline).Translate();
        var options = RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);
        if (translated is { MayBacktrackMuch: true, NeedsBacktracking: false }) options |= RegexOptions.NonBacktracking;
        try
        {
            return new EcmaRegex(pattern, Make(translated.Pattern, options, timeout ?? DefaultTimeout), translated.GroupCount, translated.GroupNames);
        }
        catch (RegexParseException problem)
        {
            throw new EcmaRegexException(problem.Message, problem.Offset);
        }
    }

    static Regex Make(string pattern, RegexOptions options, TimeSpan timeout)
    {
        try
        {
            return new Regex(pattern, options, timeout);
        }
        catch (NotSupportedException) when (options.HasFlag(RegexOptions.NonBacktracking))
        {
            return new Regex(pattern, options & ~RegexOptions.NonBacktracking, timeout);
        }
    }
}
