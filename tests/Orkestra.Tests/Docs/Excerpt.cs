namespace Orkestra.Tests.Docs;

/// <summary>Looks for lines of a page in a source file.</summary>
internal static class Excerpt
{
    /// <summary>Whether a source has the lines of a page one after the other, all indented by the same blanks.</summary>
    internal static bool IsIn(string source, string code)
    {
        var wanted = code.ReplaceLineEndings("\n").Trim('\n').Split('\n');
        var given = source.ReplaceLineEndings("\n").Split('\n');
        return Enumerable.Range(0, Math.Max(0, given.Length - wanted.Length + 1)).Any(start => StartsAt(given.AsSpan(start, wanted.Length), wanted));
    }

    static bool StartsAt(ReadOnlySpan<string> given, string[] wanted)
    {
        if (!given[0].EndsWith(wanted[0], StringComparison.Ordinal)) return false;
        var indentation = given[0][..^wanted[0].Length];
        if (indentation.AsSpan().ContainsAnyExcept(' ')) return false;
        for (var i = 0; i < wanted.Length; i++)
        {
            if (given[i] != (wanted[i].Length == 0 ? "" : indentation + wanted[i])) return false;
        }

        return true;
    }
}
