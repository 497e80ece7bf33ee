using System.Globalization;
using System.Text;

namespace Orkestra.Expressions.Paths.Parsing;

/// <summary>The text of a path while it is read.</summary>
internal sealed class PathText
{
    readonly string text;
    readonly JsonPathOptions options;
    int nesting;

    internal PathText(string text, JsonPathOptions options)
    {
        this.text = text;
        this.options = options;
        if (text.Length > options.MaxLength) throw new JsonPathSyntaxException($"The path is longer than {options.MaxLength} characters", text, options.MaxLength);
    }

    internal int At { get; set; }

    internal bool AtEnd => At >= text.Length;

    /// <summary>The current character; NUL at the end.</summary>
    internal char Current => At < text.Length ? text[At] : '\0';

    internal char Next => At + 1 < text.Length ? text[At + 1] : '\0';

    internal bool Is(string expected) => string.CompareOrdinal(text, At, expected, 0, expected.Length) == 0;

    internal bool Take(char c)
    {
        if (AtEnd || text[At] != c) return false;
        At++;
        return true;
    }

    internal bool Take(string expected)
    {
        if (!Is(expected)) return false;
        At += expected.Length;
        return true;
    }

    internal void Expect(char c)
    {
        if (!Take(c)) throw Fault($"Expected '{c}'");
    }

    internal string Slice(int start) => text[start..At];

    /// <summary>The white space of JSON.</summary>
    internal void SkipBlanks()
    {
        while (Current is ' ' or '\t' or '\n' or '\r' && !AtEnd) At++;
    }

    internal JsonPathSyntaxException Fault(string message, int? at = null) => new(message, text, at ?? At);

    internal void Enter()
    {
        if (++nesting > options.MaxNesting) throw Fault($"The path nests deeper than {options.MaxNesting} levels");
    }

    internal void Leave() => nesting--;

    /// <summary>The text of a JSON number at this place; null when there is none.</summary>
    internal string? TakeNumber()
    {
        var start = At;
        Take('-');
        var digits = At;
        while (char.IsAsciiDigit(Current)) At++;
        var valid = At > digits && (text[digits] != '0' || At == digits + 1);
        if (valid && Current == '.')
        {
            At++;
            var fraction = At;
            while (char.IsAsciiDigit(Current)) At++;
            valid = At > fraction;
        }

        if (valid && Current is 'e' or 'E')
        {
            At++;
            if (Current is '+' or '-') At++;
            var exponent = At;
            while (char.IsAsciiDigit(Current)) At++;
            valid = At > exponent;
        }

        if (valid) return text[start..At];
        At = start;
        return null;
    }

    /// <summary>An integer of RFC 9535: no leading zeros, no negative zero, within the integers a double holds exactly.</summary>
    internal long? TakeInteger()
    {
        const long Largest = (1L << 53) - 1;
        var start = At;
        Take('-');
        var digits = At;
        while (char.IsAsciiDigit(Current)) At++;
        if (At == digits)
        {
            At = start;
            return null;
        }

        var leadingZero = text[digits] == '0' && At - digits > 1;
        if (leadingZero || text.AsSpan(start, At - start).SequenceEqual("-0")) throw Fault("An index has a leading zero", start);
        if (!long.TryParse(text.AsSpan(start, At - start), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) || Math.Abs(value) > Largest)
        {
            throw Fault("An index is too large", start);
        }

        return value;
    }

    /// <summary>A string in single or double quotes with the escapes of JSON.</summary>
    /// <param name="lenient">Whether any other character may be escaped too, and control characters may stand as they are.</param>
    internal string TakeString(bool lenient)
    {
        var quote = Current;
        var start = At++;
        var output = new StringBuilder();
        while (true)
        {
            if (AtEnd) throw Fault("A string is not closed", start);
            var c = text[At++];
            if (c == quote) return output.ToString();
            if (c == '\\') TakeEscape(output, quote, lenient);
            else if (c < ' ' && !lenient) throw Fault("A string holds a control character", At - 1);
            else output.Append(c);
        }
    }

    /// <summary>
    /// A name in quotes as Step Functions reads it: a backslash escapes the quote and itself, and is part of the name in front of anything else.
    /// </summary>
    internal string TakeName()
    {
        var quote = Current;
        var start = At++;
        var output = new StringBuilder();
        for (; !AtEnd; At++)
        {
            if (Current == quote)
            {
                At++;
                return output.ToString();
            }

            if (Current == '\\' && (Next == quote || Next == '\\')) At++;
            output.Append(Current);
        }

        throw Fault("A string is not closed", start);
    }

    void TakeEscape(StringBuilder output, char quote, bool lenient)
    {
        var at = At - 1;
        if (AtEnd) throw Fault("A string is not closed", at);
        var c = text[At++];
        switch (c)
        {
            case 'b': output.Append('\b'); break;
            case 'f': output.Append('\f'); break;
            case 'n': output.Append('\n'); break;
            case 'r': output.Append('\r'); break;
            case 't': output.Append('\t'); break;
            case '/' or '\\': output.Append(c); break;
            case 'u' when TakeHex() is { } unit: TakeUnicode(output, unit, lenient, at); break;
            default:
                if (c != quote && !lenient) throw Fault("A string holds an unknown escape", at);
                output.Append(c);
                break;
        }
    }

    void TakeUnicode(StringBuilder output, char unit, bool lenient, int at)
    {
        output.Append(unit);
        if (lenient || !char.IsSurrogate(unit)) return;
        if (char.IsLowSurrogate(unit) || !Take("\\u") || TakeHex() is not { } low || !char.IsLowSurrogate(low)) throw Fault("A string holds half of a surrogate pair", at);
        output.Append(low);
    }

    internal char? TakeHex()
    {
        if (At + 4 > text.Length) return null;
        if (!ushort.TryParse(text.AsSpan(At, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)) return null;
        At += 4;
        return (char)unit;
    }
}
