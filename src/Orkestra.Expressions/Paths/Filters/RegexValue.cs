using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Formatting;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>A regular expression, the right side of <c>=~</c>. It is no value in any other place.</summary>
internal sealed class RegexValue(EcmaRegex regex) : FilterValue
{
    internal override JsonValue? Evaluate(in FilterScope scope) => null;

    /// <summary>Whether the whole text matches, which is what Jayway asks.</summary>
    internal bool IsMatch(string text)
    {
        try
        {
            return regex.Regex.Match(text) is { Success: true, Index: 0 } match && match.Length == text.Length;
        }
        catch (RegexMatchTimeoutException)
        {
            throw new JsonPathLimitException("A regular expression of the path takes too long.");
        }
    }
}
