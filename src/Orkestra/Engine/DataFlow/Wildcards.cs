namespace Orkestra.Engine.DataFlow;

/// <summary>The patterns of <c>StringMatches</c>: <c>*</c> stands for any characters, a backslash before <c>*</c> or a backslash for that character.</summary>
internal static class Wildcards
{
    /// <summary>Whether all of a text matches, in time proportional to text × pattern at worst.</summary>
    internal static bool Match(string text, string pattern)
    {
        var at = 0;
        var read = 0;
        var starAt = -1;
        var resume = 0;
        while (at < text.Length)
        {
            if (read < pattern.Length && pattern[read] == '*')
            {
                starAt = ++read;
                resume = at;
                continue;
            }

            var literal = read;
            if (literal + 1 < pattern.Length && pattern[literal] == '\\' && pattern[literal + 1] is '*' or '\\') literal++;
            if (literal < pattern.Length && pattern[literal] == text[at])
            {
                at++;
                read = literal + 1;
                continue;
            }

            if (starAt < 0) return false;
            read = starAt;
            at = ++resume;
        }

        while (read < pattern.Length && pattern[read] == '*') read++;
        return read == pattern.Length;
    }
}
