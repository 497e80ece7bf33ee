using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Formatting;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>https://docs.jsonata.org/numeric-functions and aggregation-functions.</summary>
internal static class NumberFunctions
{
    const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    static readonly double[] PowersOfTen = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8];

    internal static NativeFunction[] All =>
    [
        new("sum", "<a<n>:n>", 1, (run, args) => args[0] is null ? null : Number(Sum(run, args[0]))),
        new("count", "<a:n>", 1, (_, args) => JsonNumber.Create(args[0] is null ? 0 : ValueOps.Items(args[0]).Length)),
        new("max", "<a<n>:n>", 1, (run, args) => Extreme(run, args[0], Math.Max)),
        new("min", "<a<n>:n>", 1, (run, args) => Extreme(run, args[0], Math.Min)),
        new("average", "<a<n>:n>", 1, (run, args) => ValueOps.Items(args[0]).Length == 0 ? null : Number(Sum(run, args[0]) / ValueOps.Items(args[0]).Length)),
        new("abs", "<n-:n>", 1, (_, args) => Apply(args[0], Math.Abs)),
        new("floor", "<n-:n>", 1, (_, args) => Apply(args[0], Math.Floor)),
        new("ceil", "<n-:n>", 1, (_, args) => Apply(args[0], Math.Ceiling)),
        new("round", "<n-n?:n>", 2, (_, args) => args[0] is JsonNumber number ? Number(Round(number.Value, args[1] is JsonNumber digits ? digits.Value : 0)) : null),
        new("sqrt", "<n-:n>", 1, (_, args) => Sqrt(args[0])),
        new("power", "<n-n:n>", 2, (_, args) => Power(args[0], args[1])),
        new("random", "<:n>", 0, (run, _) => Number(run.Random.NextDouble())),
        new("number", "<(nsb)-:n>", 1, (run, args) => ToNumber(run, args[0])),
        new("formatNumber", "<n-so?:s>", 3, (run, args) => FormatNumber(run, args[0], args[1], args[2])),
        new("formatBase", "<n-n?:s>", 2, (_, args) => FormatBase(args[0], args[1])),
        new("formatInteger", "<n-s:s>", 2, (run, args) =>
            args[0] is JsonNumber number && args[1] is JsonString picture ? Pictures.Use(run, picture.Value, null, () => RegexFunction.Text(run, IntegerPicture.Format(number.Value, picture.Value))) : null),
        new("parseInteger", "<s-s:n>", 2, (run, args) =>
            args[0] is JsonString text && args[1] is JsonString picture ? Pictures.Use(run, picture.Value, text.Value, () => Number(IntegerPicture.Parse(text.Value, picture.Value))) : null),
    ];

    static JsonNumber Number(double value) => JsonNumber.FromDouble(value);

    static JsonNumber? Apply(JsonValue? value, Func<double, double> function) => value is JsonNumber number ? Number(function(number.Value)) : null;

    internal static double Sum(Run run, JsonValue? array)
    {
        var items = ValueOps.Items(array);
        run.Step(items.Length);
        var total = 0.0;
        foreach (var item in items) total += item is JsonNumber number ? number.Value : double.NaN;
        return total;
    }

    static JsonNumber? Extreme(Run run, JsonValue? array, Func<double, double, double> better)
    {
        var items = ValueOps.Items(array);
        if (items.Length == 0) return null;
        run.Step(items.Length);
        var best = ((JsonNumber)items[0]!).Value;
        foreach (var item in items[1..]) best = better(best, ((JsonNumber)item!).Value);
        return Number(best);
    }

    // Half to even, and by decimal digits, so that 2.675 rounds as it is written and not as the double below it.
    internal static double Round(double value, double precision)
    {
        if (precision is 1 or 2 or 3 or 4 or 5 or 6 or 7 or 8 && TryRound(value, (int)precision, out var quick)) return quick;
        var shifted = precision == 0 ? value : Shift(value, precision);
        var result = Math.Floor(shifted + 0.5);
        // Adding a half may itself round up.
        if (result - shifted > 0.5) result--;
        if (Math.Abs(result - shifted) == 0.5 && Math.Abs(result % 2) == 1) result--;
        if (precision != 0) result = Shift(result, -precision);
        return result == 0 ? 0 : result;
    }

    // Where the shifted value is clearly no half, the nearest integer is known without going through decimal digits; and an integer divided by a power of ten
    // that is exact gives the double nearest to the quotient, which is what reading the digits would give.
    static bool TryRound(double value, int digits, out double result)
    {
        result = 0;
        var shifted = value * PowersOfTen[digits];
        if (!(Math.Abs(shifted) < 1e15)) return false;
        var whole = Math.Floor(shifted + 0.5);
        if (Math.Abs(Math.Abs(shifted - Math.Floor(shifted)) - 0.5) < Math.Max(1, Math.Abs(shifted)) * 1e-14) return false;
        result = whole == 0 ? 0 : whole / PowersOfTen[digits];
        return true;
    }

    static double Shift(double value, double places)
    {
        if (!double.IsFinite(value) || places != Math.Floor(places)) return double.IsFinite(value) ? double.NaN : value;
        var text = JsonNumber.Format(value);
        var exponentAt = text.IndexOf('e', StringComparison.Ordinal);
        var exponent = exponentAt < 0 ? 0 : int.Parse(text.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var total = Math.Clamp(exponent + places, -100_000, 100_000);
        return double.Parse($"{(exponentAt < 0 ? text : text.AsSpan(0, exponentAt))}e{(int)total}", NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    static JsonNumber? Sqrt(JsonValue? value)
    {
        if (value is not JsonNumber number) return null;
        if (number.Value < 0) throw new JsonataException("D3060", value: value) { Index = 1 };
        return Number(Math.Sqrt(number.Value));
    }

    static JsonNumber? Power(JsonValue? value, JsonValue? exponent)
    {
        if (value is not JsonNumber number) return null;
        var by = exponent is JsonNumber power ? power.Value : double.NaN;
        // ECMAScript has no answer for one to an infinite power, .NET has.
        var result = Math.Abs(number.Value) == 1 && !double.IsFinite(by) ? double.NaN : Math.Pow(number.Value, by);
        if (!double.IsFinite(result)) throw new JsonataException("D3061", value: ValueOps.ForError(value)) { Index = 1, Value2 = exponent };
        return Number(result);
    }

    static JsonNumber? ToNumber(Run run, JsonValue? value)
    {
        if (value is JsonString { Value.Length: var length }) run.StepText(length * 8);
        switch (value)
        {
            case null: return null;
            case JsonNumber number: return number;
            case JsonBoolean boolean: return JsonNumber.Create(boolean.Value ? 1 : 0);
            case JsonString text when TryParse(text.Value, out var parsed): return Number(parsed);
            default: throw new JsonataException("D3030", value: ValueOps.ForError(value)) { Index = 1 };
        }
    }

    static bool TryParse(string text, out double number)
    {
        if (text.Length > 2 && text[0] == '0' && char.ToLowerInvariant(text[1]) is var letter and ('x' or 'o' or 'b')) return TryParseBits(text.AsSpan(2), letter, out number);
        number = 0;
        var at = text.StartsWith('-') ? 1 : 0;
        if (!SkipDigits(text, ref at)) return false;
        if (at < text.Length && text[at] == '.')
        {
            at++;
            if (!SkipDigits(text, ref at)) return false;
        }

        if (at < text.Length && text[at] is 'e' or 'E')
        {
            at++;
            if (at < text.Length && text[at] is '+' or '-') at++;
            if (!SkipDigits(text, ref at)) return false;
        }

        if (at < text.Length) return false;
        number = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(number);
    }

    static bool SkipDigits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && char.IsAsciiDigit(text[at])) at++;
        return at > start;
    }

    static bool TryParseBits(ReadOnlySpan<char> digits, char letter, out double number)
    {
        var radix = letter switch
        {
            'x' => 16,
            'o' => 8,
            _ => 2,
        };
        number = 0;
        foreach (var digit in digits)
        {
            var value = char.IsAsciiHexDigit(digit) ? Convert.ToInt32(digit.ToString(), 16) : radix;
            if (value >= radix) return false;
            number = (number * radix) + value;
        }

        return double.IsFinite(number);
    }

    static JsonString? FormatNumber(Run run, JsonValue? value, JsonValue? picture, JsonValue? options) =>
        value is JsonNumber number && picture is JsonString text
            ? Pictures.Use(run, text.Value, null, () => RegexFunction.Text(run, NumberPicture.Format(number.Value, text.Value, ValueOps.Clean(run, options) as JsonObject))) : null;

    static JsonString? FormatBase(JsonValue? value, JsonValue? radix)
    {
        if (value is not JsonNumber number) return null;
        var rounded = Round(number.Value, 0);
        var by = radix is JsonNumber given ? Round(given.Value, 0) : 10;
        if (by is < 2 or > 36 or double.NaN) throw new JsonataException("D3100", value: Number(by));
        if (by == 10 || !double.IsFinite(rounded)) return JsonString.Create(double.IsFinite(rounded) ? JsonNumber.Format(rounded) : rounded > 0 ? "Infinity" : "-Infinity");
        var whole = new System.Numerics.BigInteger(Math.Abs(rounded));
        var text = new StringBuilder();
        do
        {
            whole = System.Numerics.BigInteger.DivRem(whole, (int)by, out var digit);
            text.Insert(0, Digits[(int)digit]);
        }
        while (!whole.IsZero);
        return JsonString.Create((rounded < 0 ? "-" : "") + text);
    }
}
