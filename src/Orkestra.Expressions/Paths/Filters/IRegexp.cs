using System.Text;
using System.Text.RegularExpressions;

namespace Orkestra.Expressions.Paths.Filters;

/// <summary>Regular expressions of RFC 9485 as .NET ones that run in time linear in the text.</summary>
internal static class IRegexp
{
    const int LongestPattern = 5000;
    const string Dot = @"(?:[\uD800-\uDBFF][\uDC00-\uDFFF]|[^\n\r])";

    /// <summary>The expression; null when the text is not one.</summary>
    internal static Regex? Compile(string pattern, bool whole)
    {
        if (pattern.Length > LongestPattern) return null;
        try
        {
            var translated = Translate(pattern);
            return new Regex(whole ? $@"\A(?:{translated})\z" : translated, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (ArgumentException)
        {
            return null;
        }
        catch (NotSupportedException)
        {
            // Lookarounds and backreferences are not part of I-Regexp.
            return null;
        }
    }

    static string Translate(string pattern)
    {
        var output = new StringBuilder();
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                output.Append(c).Append(pattern[++i]);
                continue;
            }

            if (inClass) output.Append(c == '[' ? @"\[" : c.ToString());
            else output.Append(c switch { '.' => Dot, '^' => @"\A", '$' => @"\z", _ => c.ToString() });
            if (c == '[' && !inClass) inClass = true;
            else if (c == ']') inClass = false;
        }

        return output.ToString();
    }
}
