using System.Globalization;
using System.Text;

namespace Orkestra.Expressions.Formatting;

/// <summary>Character classes and escapes of ECMA-262 patterns, written as ranges of code units.</summary>
internal static class EcmaRegexClass
{
    const string Blanks = @"\t\n\v\f\r \u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    const string NoBlanks = @"\u0000-\u0008\u000E-\u001F\u0021-\u009F\u00A1-\u167F\u1681-\u1FFF\u200B-\u2027\u202A-\u202E\u2030-\u205E\u2060-\u2FFF\u3001-\uFEFE\uFF00-\uFFFF";

    /// <summary>The members of the class that <c>\</c> and a letter stand for, to stand between square brackets; null when it is no class.</summary>
    internal static string? Set(char letter) => letter switch
    {
        'd' => "0-9",
        'D' => @"\u0000-\u002F\u003A-\uFFFF",
        'w' => "a-zA-Z0-9_",
        'W' => @"\u0000-\u002F\u003A-\u0040\u005B-\u005E\u0060\u007B-\uFFFF",
        's' => Blanks,
        'S' => NoBlanks,
        _ => null,
    };

    /// <summary>One code unit, safe outside and inside of a class.</summary>
    internal static string Literal(char unit) =>
        char.IsAsciiLetterOrDigit(unit) || unit == '_' ? unit.ToString() : string.Create(CultureInfo.InvariantCulture, $@"\u{(int)unit:X4}");

    /// <summary>Translates the class that starts at <paramref name="at"/>, and moves behind it.</summary>
    /// <exception cref="EcmaRegexException">The class is not closed, or a range is out of order.</exception>
    internal static string Translate(string source, ref int at)
    {
        var start = at++;
        var negated = at < source.Length && source[at] == '^';
        if (negated) at++;
        var members = new StringBuilder();
        while (at < source.Length && source[at] != ']')
        {
            var position = at;
            var (low, set) = Member(source, ref at);
            if (at + 1 < source.Length && source[at] == '-' && source[at + 1] != ']')
            {
                at++;
                var (high, highSet) = Member(source, ref at);
                if (set is null && highSet is null)
                {
                    if (low > high) throw new EcmaRegexException("A range is out of order", position);
                    members.Append(Literal(low)).Append('-').Append(Literal(high));
                    continue;
                }

                // A range with a class at one end is the class, a hyphen and the other end (annex B).
                members.Append(set ?? Literal(low)).Append(@"\u002D").Append(highSet ?? Literal(high));
                continue;
            }

            members.Append(set ?? Literal(low));
        }

        if (at >= source.Length) throw new EcmaRegexException("A character class is not closed", start);
        at++;
        if (members.Length == 0) return negated ? @"[\u0000-\uFFFF]" : @"[^\u0000-\uFFFF]";
        return $"[{(negated ? "^" : "")}{members}]";
    }

    /// <summary>The code unit an escape stands for; moves behind it. An escape without a meaning of its own is the character itself.</summary>
    internal static char EscapedUnit(string source, ref int at)
    {
        var letter = source[at + 1];
        at += 2;
        switch (letter)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case 'x' when Hex(source, at, 2) is { } unit:
                at += 2;
                return unit;
            case 'u' when Hex(source, at, 4) is { } unit:
                at += 4;
                return unit;
            case 'c' when at < source.Length && char.IsAsciiLetter(source[at]):
                return (char)(source[at++] % 32);
            case 'c':
                // A control escape without a letter is a backslash; the c is read again.
                at--;
                return '\\';
            case >= '0' and <= '7': return Octal(source, ref at, letter - '0');
            default: return letter;
        }
    }

    static (char Unit, string? Set) Member(string source, ref int at)
    {
        if (source[at] != '\\') return (source[at++], null);
        if (at + 1 >= source.Length) throw new EcmaRegexException("A character class is not closed", at);
        if (source[at + 1] == 'b')
        {
            at += 2;
            return ('\b', null);
        }

        if (Set(source[at + 1]) is { } set)
        {
            at += 2;
            return ('\0', set);
        }

        return (EscapedUnit(source, ref at), null);
    }

    static char? Hex(string source, int at, int count) =>
        at + count <= source.Length && source.AsSpan(at, count).IndexOfAnyExcept(HexDigits) < 0
            ? (char)int.Parse(source.AsSpan(at, count), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : null;

    static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    static char Octal(string source, ref int at, int value)
    {
        for (var digits = 1; digits < 3 && at < source.Length && source[at] is >= '0' and <= '7' && (value * 8) + (source[at] - '0') <= 255; digits++) value = (value * 8) + (source[at++] - '0');
        return (char)value;
    }
}
