using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Formatting;

/// <summary>
/// An analysed number picture: <c>$formatNumber</c>. XPath F&amp;O 3.1 section 4.7, https://www.w3.org/TR/xpath-functions-31/#formatting-numbers,
/// with the answers of the JSONata reference where it differs.
/// </summary>
internal sealed class NumberPicture
{
    static readonly PictureCache<NumberPicture> Cache = new(static picture => Analyse(picture, NumberSymbols.Default));

    readonly NumberSymbols symbols;
    readonly NumberSubpicture positive;
    readonly NumberSubpicture negative;
    readonly string negativePrefix;

    NumberPicture(NumberSymbols symbols, NumberSubpicture positive, NumberSubpicture? negative)
    {
        this.symbols = symbols;
        this.positive = positive;
        this.negative = negative ?? positive;
        negativePrefix = negative is null ? symbols.MinusSign + positive.Prefix : negative.Prefix;
    }

    /// <summary>A number as text.</summary>
    /// <param name="value">The number.</param>
    /// <param name="picture">The picture, such as <c>#,##0.00</c>.</param>
    /// <param name="options">Other symbols than the usual ones, by their names of the XPath decimal format.</param>
    /// <param name="inFull">Numbers from 10^21 on are written in full, not with an exponent.</param>
    /// <exception cref="PictureException">D3080 to D3093.</exception>
    internal static string Format(double value, string picture, JsonObject? options, bool inFull = false) =>
        (options is null || options.Count == 0 ? Cache.Get(picture) : Analyse(picture, NumberSymbols.From(options))).Format(value, inFull);

    /// <exception cref="PictureException">D3080 to D3093.</exception>
    internal static NumberPicture Analyse(string picture, NumberSymbols symbols)
    {
        var halves = symbols.PatternSeparator.Length == 0 ? [.. picture.Select(c => c.ToString())] : picture.Split(symbols.PatternSeparator);
        if (halves.Length > 2) throw new PictureException("D3080", picture);
        var parts = halves.Select(half => new NumberSubpicture(half, symbols)).ToArray();
        return parts.Length == 0 ? throw new PictureException("D3085", picture) : new NumberPicture(symbols, parts[0], parts.Length == 2 ? parts[1] : null);
    }

    /// <summary>A number as text.</summary>
    internal string Format(double value, bool inFull = false)
    {
        var part = value >= 0 ? positive : negative;
        var adjusted = part.IsPercent ? value * 100 : part.IsPerMille ? value * 1000 : value;
        var (mantissa, exponent) = part.MinExponent == 0 ? (adjusted, (int?)null) : Scale(adjusted, part.ScalingFactor);
        var output = new StringBuilder(value >= 0 ? positive.Prefix : negativePrefix);
        output.Append(Digits(EcmaNumber.Round(mantissa, part.MaxFraction), part, inFull));
        if (exponent is { } power)
        {
            output.Append(symbols.ExponentSeparator).Append(power < 0 ? symbols.MinusSign : "");
            output.Append(symbols.Localize(EcmaNumber.ToFixed(Math.Abs(power), 0)).PadLeft(part.MinExponent, Zero));
        }

        return output.Append(part.Suffix).ToString();
    }

    char Zero => symbols.ZeroDigit.Length > 0 ? symbols.ZeroDigit[0] : '0';

    /// <summary>The mantissa between 10^(scale-1) and 10^scale, and the power of ten it is to be multiplied with.</summary>
    static (double Mantissa, int? Exponent) Scale(double value, int scale)
    {
        var exponent = 0;
        if (value == 0 || !double.IsFinite(value)) return (value, exponent);
        var largest = Math.Pow(10, scale);
        var smallest = Math.Pow(10, scale - 1);
        for (; Math.Abs(value) < smallest; exponent--) value *= 10;
        for (; Math.Abs(value) > largest; exponent++) value /= 10;
        return (value, exponent);
    }

    string Digits(double rounded, NumberSubpicture part, bool inFull)
    {
        var text = symbols.Localize(EcmaNumber.ToFixed(Math.Abs(rounded), part.MaxFraction, inFull));
        var at = text.IndexOf('.', StringComparison.Ordinal);
        var integer = (at < 0 ? text : text[..at]).TrimStart(Zero).PadLeft(part.MinInteger, Zero);
        var fraction = (at < 0 ? "" : text[(at + 1)..]).TrimEnd(Zero).PadRight(part.MinFraction, Zero);
        var output = new StringBuilder(integer).Append(symbols.DecimalSeparator).Append(fraction);
        var point = GroupInteger(output, integer.Length, part);
        foreach (var position in part.FractionGroups) output.Insert(Math.Min(point + position + 1, output.Length), symbols.GroupingSeparator);
        if (!part.HasDecimalSeparator || point == output.Length - 1) output.Length--;
        return output.ToString();
    }

    /// <summary>Inserts the separators left of the decimal point, and gives the place of the point then.</summary>
    int GroupInteger(StringBuilder output, int point, NumberSubpicture part)
    {
        if (part.RegularGroup > 0)
        {
            var count = Math.Max(0, point - 1) / part.RegularGroup;
            for (var group = 1; group <= count; group++) output.Insert(point - (group * part.RegularGroup), symbols.GroupingSeparator);
            return point + (count * symbols.GroupingSeparator.Length);
        }

        foreach (var position in part.IntegerGroups)
        {
            // Left of the first digit the reference counts from the end again, as ECMAScript's slice does.
            var at = point - position;
            output.Insert(at >= 0 ? at : Math.Max(0, output.Length + at), symbols.GroupingSeparator);
            point++;
        }

        return output.ToString().IndexOf(symbols.DecimalSeparator, StringComparison.Ordinal);
    }
}
