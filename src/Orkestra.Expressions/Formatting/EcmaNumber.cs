using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Formatting;

/// <summary>The few conversions of ECMA-262 that the JSONata reference gets from its host and whose answers are visible in its results.</summary>
internal static class EcmaNumber
{
    const double TooBigForFixed = 1e21;

    /// <summary>ECMA-262 <c>parseInt</c>: leading white space, a sign and the digits that follow; <c>0x</c> means hexadecimal; not a number without digits.</summary>
    internal static double ParseInt(string text)
    {
        var rest = text.AsSpan();
        while (rest.Length > 0 && IsWhiteSpace(rest[0])) rest = rest[1..];
        var sign = 1d;
        if (rest.Length > 0 && rest[0] is '+' or '-')
        {
            sign = rest[0] == '-' ? -1 : 1;
            rest = rest[1..];
        }

        if (rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return sign * Hexadecimal(rest[2..]);
        var length = 0;
        while (length < rest.Length && char.IsAsciiDigit(rest[length])) length++;
        return length == 0 ? double.NaN : sign * double.Parse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture);
    }

    /// <summary>Rounds half to even at a count of decimal digits, on the decimal text of the number and so without the errors of multiplying.</summary>
    internal static double Round(double value, int digits)
    {
        if (!double.IsFinite(value)) return value;
        var shifted = Shift(value, digits);
        // A number so large has no digits that far behind its point.
        if (!double.IsFinite(shifted)) return value;
        var rounded = Math.Floor(shifted + 0.5);
        // Adding 0.5 to the double just below 0.5, or to a large odd number, already rounds: take the nearest integer as it stands.
        if (rounded - shifted > 0.5) rounded -= 1;
        if (Math.Abs(rounded - shifted) == 0.5 && Math.Abs(rounded % 2) == 1) rounded -= 1;
        return Shift(rounded, -digits);
    }

    /// <summary>ECMA-262 <c>Number.prototype.toFixed</c> of a number that is not negative.</summary>
    /// <param name="value">The number.</param>
    /// <param name="digits">Digits of the fraction.</param>
    /// <param name="inFull">A number from 10^21 on is written in full, its shortest digits followed by zeros.</param>
    internal static string ToFixed(double value, int digits, bool inFull = false) =>
        inFull && value >= TooBigForFixed && double.IsFinite(value) ? InFull(value)
        : value >= TooBigForFixed || !double.IsFinite(value) ? ToText(value) : value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    static string InFull(double value)
    {
        var text = ToText(value);
        var at = text.IndexOf("e+", StringComparison.Ordinal);
        var digits = text[..at].Replace(".", "", StringComparison.Ordinal);
        return digits.PadRight(int.Parse(text.AsSpan(at + 2), NumberStyles.None, CultureInfo.InvariantCulture) + 1, '0');
    }

    /// <summary>ECMA-262 <c>Number::toString</c>.</summary>
    internal static string ToText(double value) => double.IsFinite(value) ? JsonNumber.Format(value)
        : double.IsNaN(value) ? "NaN"
        : value > 0 ? "Infinity" : "-Infinity";

    /// <summary>ECMA-262 <c>WhiteSpace</c> and <c>LineTerminator</c>.</summary>
    internal static bool IsWhiteSpace(char c) => c is '\t' or '\n' or '\v' or '\f' or '\r' or ' ' or '\u00a0' or '\u1680'
        or (>= '\u2000' and <= '\u200a') or '\u2028' or '\u2029' or '\u202f' or '\u205f' or '\u3000' or '\ufeff';

    static double Shift(double value, int digits)
    {
        if (digits == 0) return value;
        var text = ToText(value);
        var at = text.IndexOf('e', StringComparison.Ordinal);
        var exponent = at < 0 ? 0 : int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = at < 0 ? text : text[..at];
        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{mantissa}e{exponent + digits}"), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    static double Hexadecimal(ReadOnlySpan<char> digits)
    {
        var value = 0d;
        var length = 0;
        for (; length < digits.Length && char.IsAsciiHexDigit(digits[length]); length++)
        {
            value = (value * 16) + Convert.ToInt32(digits[length].ToString(), 16);
        }

        return length == 0 ? double.NaN : value;
    }
}
