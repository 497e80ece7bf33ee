using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>Finds texts in texts, and counts it.</summary>
internal static class TextSearch
{
    // The built-in search of a long text takes a time that may grow with the product of both lengths.
    const int LongestSimple = 64;

    /// <summary>The first place from an offset on where a text stands in another; -1 when there is none.</summary>
    internal static int IndexOf(Run run, string text, string sought, int from = 0)
    {
        if (sought.Length > LongestSimple) return IndexOfLong(run, text, sought, from);
        var at = text.IndexOf(sought, from, StringComparison.Ordinal);
        run.StepText(((at < 0 ? text.Length : at) - from) * (1 + (sought.Length >> 3)));
        return at;
    }

    // Knuth, Morris and Pratt: no character is looked at more than twice.
    static int IndexOfLong(Run run, string text, string sought, int from)
    {
        if (text.Length - from < sought.Length) return -1;
        run.Step(sought.Length >> 2);
        run.CheckScratch(sought.Length * 4L);
        var borders = new int[sought.Length];
        for (int i = 1, matched = 0; i < sought.Length; i++)
        {
            while (matched > 0 && sought[i] != sought[matched]) matched = borders[matched - 1];
            if (sought[i] == sought[matched]) matched++;
            borders[i] = matched;
        }

        var length = 0;
        for (var at = from; at < text.Length; at++)
        {
            while (length > 0 && text[at] != sought[length]) length = borders[length - 1];
            if (text[at] == sought[length]) length++;
            if (length < sought.Length) continue;
            run.Step((at - from) >> 2);
            return at + 1 - sought.Length;
        }

        run.Step((text.Length - from) >> 2);
        return -1;
    }
}
