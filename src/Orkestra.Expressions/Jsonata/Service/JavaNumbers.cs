using System.Globalization;
using System.Numerics;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata.Service;

/// <summary>Numbers as the evaluator of AWS Step Functions writes them: as Java writes a <c>long</c> or a <c>double</c>.</summary>
internal static class JavaNumbers
{
    const int Digits = 15;
    const double LargestPlainText = 1e21;

    /// <summary>A number of a result as JSON text; null when the number's own text is that already. Infinite numbers and not-a-number are texts, not numbers.</summary>
    internal static JsonValue InResult(JsonNumber number)
    {
        var value = number.Value;
        // Nearly all numbers: in this range Java and ECMAScript write the same, and up to 15 digits are the shortest there are for their number.
        if (Math.Abs(value) is >= 1e-3 and < 1e7 && (!number.HasOwnText || IsShort(number.Text, value) || IsShortest(number.Text, value))) return number;
        if (!double.IsFinite(value)) return JsonString.Create(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        if (Math.Abs(value) < 1e15 && value == Math.Floor(value)) return (number.HasOwnText && !HasOnlyDigits(number.Text)) || (value == 0 && double.IsNegative(value)) ? JsonNumber.Create((long)value) : number;
        var text = TryLong(number, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : OfDouble(value);
        return text == number.Text ? number : JsonNumber.FromSource(value, text);
    }

    /// <summary>What <c>$string</c> and <c>&amp;</c> make of a number: whole numbers below 10^21 in full, others with 15 digits, cut downwards.</summary>
    internal static string ToText(JsonNumber number)
    {
        var value = number.Value;
        if (!number.HasOwnText && Math.Abs(value) is >= 1e-6 and < 1e15 && number.Text is { Length: <= Digits + 1 } known) return known;
        if (value == Math.Floor(value) && Math.Abs(value) < LargestPlainText)
            return TryLong(number, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : JsonNumber.Format(value);
        var (isNegative, digits, exponent) = Parts(value);
        if (digits.Length > Digits)
        {
            exponent += digits.Length - Digits;
            var cut = BigInteger.Parse(digits[..Digits], CultureInfo.InvariantCulture);
            // Downwards is away from zero below it.
            if (isNegative) cut += 1;
            digits = cut.ToString(CultureInfo.InvariantCulture);
        }

        var kept = digits.TrimEnd('0');
        exponent += digits.Length - kept.Length;
        return OfDecimal(isNegative, kept.Length == 0 ? "0" : kept, exponent);
    }

    static bool IsShort(string text, double value) =>
        value == Math.Floor(value) ? HasOnlyDigits(text) : text.Length <= Digits + 1 && text[^1] != '0' && HasOnlyDigits(text, orPoint: true);

    // The shortest digits of a fraction in this range have neither an exponent nor a zero at the end.
    static bool IsShortest(string text, double value)
    {
        Span<char> shortest = stackalloc char[32];
        return value != Math.Floor(value) && value.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture) && shortest[..length].SequenceEqual(text);
    }

    // Besides the sign, and the point where it is allowed. The texts are short: a plain loop is quicker than a search.
    static bool HasOnlyDigits(string text, bool orPoint = false)
    {
        foreach (var character in text)
        {
            if (character > '9' || (character == '.' && !orPoint)) return false;
        }

        return true;
    }

    /// <summary>A number as a 64-bit integer, when it is one: by its text where it was read.</summary>
    static bool TryLong(JsonNumber number, out long whole)
    {
        if (number.HasOwnText && long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out whole)) return true;
        whole = 0;
        if (number.Value != Math.Floor(number.Value) || number.Value is < -9.2233720368547758E18 or >= 9.2233720368547758E18) return false;
        whole = (long)number.Value;
        return true;
    }

    // Double.toString: digits with a point from a thousandth to ten million, else a mantissa and an exponent.
    static string OfDouble(double value)
    {
        var (isNegative, digits, exponent) = Parts(value);
        var sign = isNegative ? "-" : "";
        var point = digits.Length + exponent;
        if (Math.Abs(value) is >= 1e-3 and < 1e7)
        {
            if (point <= 0) return $"{sign}0.{new string('0', -point)}{digits}";
            return point >= digits.Length ? $"{sign}{digits}{new string('0', point - digits.Length)}.0" : $"{sign}{digits[..point]}.{digits[point..]}";
        }

        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}.{(digits.Length > 1 ? digits[1..] : "0")}E{point - 1}");
    }

    // BigDecimal.toString, with a small e.
    static string OfDecimal(bool isNegative, string digits, int exponent)
    {
        var sign = isNegative ? "-" : "";
        var adjusted = digits.Length - 1 + exponent;
        if (exponent == 0) return sign + digits;
        if (exponent < 0 && adjusted >= -6)
        {
            var point = digits.Length + exponent;
            return point > 0 ? $"{sign}{digits[..point]}.{digits[point..]}" : $"{sign}0.{new string('0', -point)}{digits}";
        }

        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{mantissa}e{(adjusted < 0 ? "" : "+")}{adjusted}");
    }

    // The shortest digits that read back to the number, without zeros at their end, and the power of ten they are multiplied with.
    static (bool IsNegative, string Digits, int Exponent) Parts(double value)
    {
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var at = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = at < 0 ? 0 : int.Parse(shortest.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = at < 0 ? shortest : shortest[..at];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        var digits = mantissa.TrimStart('0');
        var kept = digits.TrimEnd('0');
        exponent += digits.Length - kept.Length;
        return (value < 0, kept.Length == 0 ? "0" : kept, kept.Length == 0 ? 0 : exponent);
    }
}
