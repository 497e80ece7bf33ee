using System.Text;

namespace Orkestra.Asl.Drawing.Layout;

/// <summary>
/// How wide text is, without a font at hand: the widths of Helvetica's characters, and a sixth more, because the reader's font may be another one. The same text is as wide
/// everywhere, so that a drawing is the same everywhere.
/// </summary>
internal static class TextMetrics
{
    const double Allowance = 1.17;

    // Thousandths of the font size, from the space to the tilde.
    static ReadOnlySpan<short> Widths =>
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    /// <summary>The width in pixels.</summary>
    internal static double WidthOf(string text, double fontSize)
    {
        var thousandths = 0.0;
        foreach (var rune in text.EnumerateRunes()) thousandths += WidthOf(rune);
        return thousandths * Allowance * fontSize / 1000;
    }

    /// <summary>Text in lines that are not wider than a width, unless one character is; the last line ends with … when there would be more.</summary>
    internal static string[] Wrap(string text, double fontSize, double width, int maxLines)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var used = 0.0;
        foreach (var part in Parts(text))
        {
            var size = WidthOf(part, fontSize);
            if (used > 0 && used + size > width) Break();
            if (size <= width)
            {
                line.Append(part);
                used += size;
                continue;
            }

            foreach (var rune in part.EnumerateRunes())
            {
                var one = WidthOf(rune.ToString(), fontSize);
                if (used > 0 && used + one > width) Break();
                line.Append(rune.ToString());
                used += one;
            }
        }

        if (line.Length > 0) Break();
        if (lines.Count == 0) return [""];
        if (lines.Count <= maxLines) return [.. lines];
        return [.. lines.Take(maxLines - 1), Shortened(lines[maxLines - 1], fontSize, width)];

        void Break()
        {
            if (line.ToString().Trim() is { Length: > 0 } full) lines.Add(full);
            line.Clear();
            used = 0;
        }
    }

    static string Shortened(string line, double fontSize, double width)
    {
        var kept = line.EnumerateRunes().ToList();
        while (kept.Count > 0 && WidthOf(string.Concat(kept) + "…", fontSize) > width) kept.RemoveAt(kept.Count - 1);
        return string.Concat(kept) + "…";
    }

    // After a space or a sign, and before the capital of the next word, a line may end.
    static IEnumerable<string> Parts(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            var (before, here) = (text[i - 1], text[i]);
            var ends = char.IsWhiteSpace(before) || before is '_' or '-' or '.' or '/' or ':' or ',' || (char.IsLower(before) && char.IsUpper(here));
            if (!ends || char.IsWhiteSpace(here)) continue;
            yield return text[start..i];
            start = i;
        }

        if (text.Length > 0) yield return text[start..];
    }

    static double WidthOf(Rune rune) => rune.Value switch
    {
        >= ' ' and <= '~' => Widths[rune.Value - ' '],
        < 0x300 => 620,
        >= 0x300 and < 0x370 or >= 0x200B and <= 0x200F or >= 0x202A and <= 0x202E or >= 0x2060 and <= 0x206F or >= 0xFE00 and <= 0xFE0F => 0,
        >= 0x1F000 => 1400,
        >= 0x1100 => 1000,
        _ => 750,
    };
}
