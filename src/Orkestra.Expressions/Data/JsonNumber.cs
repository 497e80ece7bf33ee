using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;

namespace Orkestra.Expressions.Data;

/// <summary>
/// A JSON number. A number that was read keeps its source text, so <c>1.0</c> is written as <c>1.0</c> and long integers lose no digit;
/// <see cref="Value"/> is the nearest double, which is what expressions calculate with.
/// </summary>
public sealed class JsonNumber : JsonValue
{
    const int SmallestCached = -128;
    const int LargestCached = 1023;
    const double LargestExactInteger = 9007199254740992;

    static readonly JsonNumber[] Cache = MakeCache();

    string? text;

    private JsonNumber(double value, string? text)
    {
        Value = value;
        this.text = text;
    }

    /// <summary>The nearest double. Never infinite: a text beyond the range of a double is refused when it is read.</summary>
    public double Value { get; }

    /// <summary>The number as JSON text: the source text of a number that was read, else the shortest text that reads back to <see cref="Value"/>.</summary>
    public string Text => text ??= Format(Value);

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Number;

    /// <inheritdoc/>
    public override int Utf8Length => Text.Length;

    /// <summary>Whether it was made from a text, or has been written.</summary>
    internal bool HasOwnText => text is not null;

    /// <summary>Whether the value has no fraction.</summary>
    public bool IsInteger => Math.Floor(Value) == Value;

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is infinite or not a number: JSON has no such numbers.</exception>
    public static JsonNumber Create(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), value, "JSON has no infinity and no NaN.");
        var integer = (int)value;
        return integer == value && integer is >= SmallestCached and <= LargestCached ? Cache[integer - SmallestCached] : new JsonNumber(value, null);
    }

    /// <summary>A number.</summary>
    public static JsonNumber Create(int value) =>
        value is >= SmallestCached and <= LargestCached ? Cache[value - SmallestCached] : new JsonNumber(value, null);

    /// <summary>A number, exact whatever its size.</summary>
    public static JsonNumber Create(long value) =>
        value is >= SmallestCached and <= LargestCached ? Cache[value - SmallestCached]
        : new JsonNumber(value, Math.Abs((double)value) < LargestExactInteger ? null : value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A number, exact, with the decimal's own count of fraction digits.</summary>
    public static JsonNumber Create(decimal value) => new((double)value, value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads the text of a JSON number.</summary>
    /// <exception cref="JsonFormatException">The text is not a JSON number or is beyond the range of a double.</exception>
    public static JsonNumber Parse(string text) =>
        JsonValue.Parse(text) as JsonNumber ?? throw new JsonFormatException($"'{text}' is not a JSON number.", 1, 1);

    /// <summary>A number that may be infinite or not a number: for use inside an evaluator, never in a value a caller sees.</summary>
    internal static JsonNumber FromDouble(double value)
    {
        var integer = (int)value;
        return integer == value && integer is >= SmallestCached and <= LargestCached ? Cache[integer - SmallestCached] : new JsonNumber(value, null);
    }

    internal static JsonNumber FromSource(double value, string source) => new(value, source);

    /// <summary>The value as a 64-bit integer, when it is one exactly (<c>3</c>, <c>3.0</c> and <c>3e0</c> all are).</summary>
    public bool TryGetInt64(out long value)
    {
        if (Math.Abs(Value) < LargestExactInteger)
        {
            value = (long)Value;
            return value == Value;
        }

        if (long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value)) return true;
        if (!TryGetDecimal(out var exact) || exact != decimal.Truncate(exact) || exact is < long.MinValue or > long.MaxValue) return false;
        value = (long)exact;
        return true;
    }

    /// <summary>The value as a decimal, when it is in the range of one.</summary>
    public bool TryGetDecimal(out decimal value) => decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonValue? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is not JsonNumber number || Value != number.Value) return false;
        if (text is null || number.text is null || (text.Length <= 15 && number.text.Length <= 15) || text == number.text) return true;
        return SameDigits(text, number.text);
    }

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>A double as ECMAScript writes it (ECMA-262, Number::toString): shortest digits, exponents from 1e21 and below 1e-6.</summary>
    internal static string Format(double value)
    {
        if (value == 0) return "0";
        if (value == Math.Truncate(value) && Math.Abs(value) < LargestExactInteger) return ((long)value).ToString(CultureInfo.InvariantCulture);
        if (TryFormatShort(value) is { } few) return few;
        // .NET's shortest form switches to an exponent at other places than ECMAScript's, but with the same digits.
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        if (exponentAt < 0) return shortest;
        var exponent = int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return exponent is >= 21 or < -6 ? Scientific(shortest, exponent) : Positional(shortest, exponent);
    }

    // Most fractions have few digits. Digits × 10^-n is correctly rounded by one division when both are exact, and no two texts of up to 15 digits give the same double, so
    // the first n that gives the value back has its shortest digits.
    static string? TryFormatShort(double value)
    {
        var magnitude = Math.Abs(value);
        if (magnitude is >= 1e9 or < 1e-3) return null;
        var power = 1L;
        for (var places = 1; places <= 6; places++)
        {
            power *= 10;
            var digits = (long)(magnitude * power + 0.5);
            if ((double)digits / power != magnitude) continue;
            Span<char> text = stackalloc char[24];
            var at = text.Length;
            for (var i = 0; i < places; i++, digits /= 10) text[--at] = (char)('0' + digits % 10);
            text[--at] = '.';
            do text[--at] = (char)('0' + digits % 10);
            while ((digits /= 10) > 0);
            if (value < 0) text[--at] = '-';
            return new string(text[at..]);
        }

        return null;
    }

    static string Scientific(string shortest, int exponent)
    {
        var (sign, digits) = Digits(shortest);
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits.AsSpan(1)}";
        return $"{sign}{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }

    static string Positional(string shortest, int exponent)
    {
        var (sign, digits) = Digits(shortest);
        var point = exponent + 1;
        if (point <= 0) return $"{sign}0.{new string('0', -point)}{digits}";
        return point >= digits.Length ? $"{sign}{digits}{new string('0', point - digits.Length)}" : $"{sign}{digits.AsSpan(0, point)}.{digits.AsSpan(point)}";
    }

    static (string Sign, string Digits) Digits(string general)
    {
        var sign = general[0] == '-' ? "-" : "";
        var end = general.IndexOf('E', StringComparison.Ordinal);
        var digits = (end < 0 ? general : general[..end]).Replace("-", "", StringComparison.Ordinal).Replace(".", "", StringComparison.Ordinal);
        digits = digits.TrimStart('0').TrimEnd('0');
        return (sign, digits.Length == 0 ? "0" : digits);
    }

    static bool SameDigits(string left, string right) => Normalize(left) == Normalize(right);

    // A number is digits × 10^exponent without leading or trailing zeros among the digits.
    static (bool Negative, string Digits, BigInteger Exponent) Normalize(string text)
    {
        var negative = text[0] == '-';
        var body = text.AsSpan(negative ? 1 : 0);
        var exponentAt = body.IndexOfAny('e', 'E');
        var exponent = exponentAt < 0 ? BigInteger.Zero : BigInteger.Parse(body[(exponentAt + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        if (exponentAt >= 0) body = body[..exponentAt];
        var point = body.IndexOf('.');
        var digits = point < 0 ? body.ToString() : string.Concat(body[..point], body[(point + 1)..]);
        if (point >= 0) exponent -= body.Length - point - 1;
        var trimmed = digits.TrimEnd('0');
        exponent += digits.Length - trimmed.Length;
        trimmed = trimmed.TrimStart('0');
        return trimmed.Length == 0 ? (false, "", BigInteger.Zero) : (negative, trimmed, exponent);
    }

    static JsonNumber[] MakeCache()
    {
        var cache = new JsonNumber[LargestCached - SmallestCached + 1];
        for (var i = 0; i < cache.Length; i++) cache[i] = new JsonNumber(i + SmallestCached, null);
        return cache;
    }
}
