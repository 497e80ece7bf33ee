using System.Collections.Concurrent;
using System.Globalization;

namespace Orkestra.Expressions.Patterns;

/// <summary>The character classes of <c>java.util.regex</c> by their letters and names.</summary>
internal static class JavaClasses
{
    static readonly CharSet Digits = CharSet.Ranges('0', '9');
    static readonly CharSet Words = CharSet.Ranges('a', 'z', 'A', 'Z', '0', '9', '_', '_');
    static readonly CharSet Blanks = CharSet.Any(" \t\n\v\f\r");
    static readonly CharSet Horizontal = CharSet.Ranges(' ', ' ', '\t', '\t', 0xA0, 0xA0, 0x1680, 0x1680, 0x180E, 0x180E, 0x2000, 0x200A, 0x202F, 0x202F, 0x205F, 0x205F, 0x3000, 0x3000);
    static readonly CharSet Punctuation = CharSet.Any("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~");
    static readonly ConcurrentDictionary<string, CharSet> Categories = new(StringComparer.Ordinal);

    internal static CharSet LineBreaks { get; } = CharSet.Any("\n\v\f\r\u0085\u2028\u2029");

    /// <summary>The character class that a backslash and a letter denote; null if they denote no class.</summary>
    internal static CharSet? Predefined(char letter) => letter switch
    {
        'd' => Digits,
        'D' => Digits.Negate(),
        'w' => Words,
        'W' => Words.Negate(),
        's' => Blanks,
        'S' => Blanks.Negate(),
        'h' => Horizontal,
        'H' => Horizontal.Negate(),
        'v' => LineBreaks,
        'V' => LineBreaks.Negate(),
        _ => null,
    };

    /// <summary>The class of <c>\p{name}</c>: a POSIX class of ASCII, or a general category of Unicode; null when there is none.</summary>
    internal static CharSet? Property(string name) => name switch
    {
        "Lower" => CharSet.Ranges('a', 'z'),
        "Upper" => CharSet.Ranges('A', 'Z'),
        "ASCII" => CharSet.Ranges(0, 127),
        "Alpha" => CharSet.Ranges('a', 'z', 'A', 'Z'),
        "Digit" => Digits,
        "Alnum" => CharSet.Ranges('a', 'z', 'A', 'Z', '0', '9'),
        "Punct" => Punctuation,
        "Graph" => CharSet.Ranges('!', '~'),
        "Print" => CharSet.Ranges(' ', '~'),
        "Blank" => CharSet.Any(" \t"),
        "Cntrl" => CharSet.Ranges(0, 31, 127, 127),
        "XDigit" => CharSet.Ranges('0', '9', 'a', 'f', 'A', 'F'),
        "Space" => Blanks,
        _ => Category(name.StartsWith("Is", StringComparison.Ordinal) ? name[2..] : name),
    };

    static CharSet? Category(string name)
    {
        if (name is not ("L" or "M" or "N" or "P" or "S" or "Z" or "C") && !Enum.GetValues<UnicodeCategory>().Any(category => Abbreviation(category) == name)) return null;
        return Categories.GetOrAdd(name, static name =>
        {
            var ranges = new List<int>();
            for (var point = 0; point <= 0x10FFFF; point++)
            {
                if (!Abbreviation(CharUnicodeInfo.GetUnicodeCategory(point)).StartsWith(name, StringComparison.Ordinal)) continue;
                if (ranges.Count > 0 && ranges[^1] == point - 1) ranges[^1] = point;
                else ranges.AddRange([point, point]);
            }

            return CharSet.Ranges([.. ranges]);
        });
    }

    static string Abbreviation(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => "Lu",
        UnicodeCategory.LowercaseLetter => "Ll",
        UnicodeCategory.TitlecaseLetter => "Lt",
        UnicodeCategory.ModifierLetter => "Lm",
        UnicodeCategory.OtherLetter => "Lo",
        UnicodeCategory.NonSpacingMark => "Mn",
        UnicodeCategory.SpacingCombiningMark => "Mc",
        UnicodeCategory.EnclosingMark => "Me",
        UnicodeCategory.DecimalDigitNumber => "Nd",
        UnicodeCategory.LetterNumber => "Nl",
        UnicodeCategory.OtherNumber => "No",
        UnicodeCategory.SpaceSeparator => "Zs",
        UnicodeCategory.LineSeparator => "Zl",
        UnicodeCategory.ParagraphSeparator => "Zp",
        UnicodeCategory.Control => "Cc",
        UnicodeCategory.Format => "Cf",
        UnicodeCategory.Surrogate => "Cs",
        UnicodeCategory.PrivateUse => "Co",
        UnicodeCategory.ConnectorPunctuation => "Pc",
        UnicodeCategory.DashPunctuation => "Pd",
        UnicodeCategory.OpenPunctuation => "Ps",
        UnicodeCategory.ClosePunctuation => "Pe",
        UnicodeCategory.InitialQuotePunctuation => "Pi",
        UnicodeCategory.FinalQuotePunctuation => "Pf",
        UnicodeCategory.OtherPunctuation => "Po",
        UnicodeCategory.MathSymbol => "Sm",
        UnicodeCategory.CurrencySymbol => "Sc",
        UnicodeCategory.ModifierSymbol => "Sk",
        UnicodeCategory.OtherSymbol => "So",
        _ => "Cn",
    };
}
