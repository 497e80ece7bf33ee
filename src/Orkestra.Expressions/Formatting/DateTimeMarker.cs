using System.Globalization;

namespace Orkestra.Expressions.Formatting;

/// <summary>One variable marker of a date picture, such as <c>[M01]</c>: component, presentation and width (XPath F&amp;O 3.1 section 9.8.4.1).</summary>
internal sealed class DateTimeMarker
{
    /// <summary>Components that are written as numbers, in one of the forms of an integer picture.</summary>
    const string Numeric = "YMDdFWwXxHhmsf";

    DateTimeMarker(char component) => Component = component;

    /// <summary>The component: Y year, M month, D day, d day in year, F weekday, W week in year, w week in month, X and x the year and month of
    /// that week, H and h hour, P am or pm, m minute, s second, f fraction, Z and z offset, C calendar, E era.</summary>
    internal char Component { get; }

    /// <summary>Set when the component is written as a name.</summary>
    internal LetterCase? Names { get; private init; }

    /// <summary>Set when the component is written as a number.</summary>
    internal IntegerPicture? Integer { get; private init; }

    /// <summary>Digits to write at least.</summary>
    internal int Digits { get; private init; }

    /// <summary>Characters of a name to write at most.</summary>
    internal int? MaxWidth { get; private init; }

    /// <summary>Of a year: how many of its last digits are written; null for all.</summary>
    internal int? YearDigits { get; private init; }

    /// <summary>Whether an offset of zero is written <c>Z</c>.</summary>
    internal bool Zulu { get; private init; }

    internal bool IsNumeric => Numeric.Contains(Component, StringComparison.Ordinal);

    /// <summary>Analyses the text between the brackets.</summary>
    /// <exception cref="PictureException">D3132: no such component; D3131: digits of two families.</exception>
    internal static DateTimeMarker Analyse(string text)
    {
        text = string.Concat(text.Where(c => !EcmaNumber.IsWhiteSpace(c)));
        var component = text.Length == 0 ? '\0' : text[0];
        var comma = text.LastIndexOf(',');
        var (min, max) = comma < 0 ? (null, null) : Widths(text[(comma + 1)..]);
        var presentation = text.Length == 0 ? "" : comma < 0 ? text[1..] : text[1..Math.Max(1, comma)];
        var defaultPresentation = Default(component) ?? throw new PictureException("D3132", component == '\0' ? "" : component.ToString());
        var modifier = presentation.Length > 1 && presentation[^1] is 'a' or 't' or 'c' or 'o' ? presentation[^1] : '\0';
        if (modifier != '\0' && presentation.Length > 1) presentation = presentation[..^1];
        else modifier = '\0';
        if (presentation.Length == 0) presentation = defaultPresentation;

        var names = presentation[0] switch
        {
            'n' => LetterCase.Lower,
            'N' => presentation.Length > 1 && presentation[1] == 'n' ? LetterCase.Title : LetterCase.Upper,
            _ => (LetterCase?)null,
        };
        var integer = component is 'Z' or 'z' ? IntegerPicture.Analyse(presentation)
            : names is null && Numeric.Contains(component, StringComparison.Ordinal) ? IntegerPicture.Analyse(modifier == '\0' ? presentation : $"{presentation};{modifier}")
            : null;
        var digits = component is 'Z' or 'z' ? integer!.MandatoryDigits ?? 0 : Math.Max(integer?.MandatoryDigits ?? 0, min ?? 0);
        var yearDigits = component == 'Y' && integer is not null ? max ?? YearWidth(integer, digits) : null;
        return new DateTimeMarker(component)
        {
            Names = names,
            Integer = integer,
            Digits = component == 'Y' && max is { } width ? width : digits,
            MaxWidth = max,
            YearDigits = yearDigits,
            Zulu = modifier == 't',
        };
    }

    static int? YearWidth(IntegerPicture integer, int digits) =>
        integer.Form == IntegerForm.Decimal && digits + integer.OptionalDigits >= 2 ? digits + integer.OptionalDigits : null;

    static (int? Min, int? Max) Widths(string text)
    {
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? (Width(text), null) : (Width(text[..dash]), Width(text[(dash + 1)..]));
    }

    static int? Width(string text)
    {
        var width = EcmaNumber.ParseInt(text);
        // A width is a hint for a page; a picture cannot ask for megabytes of padding.
        return text == "*" || double.IsNaN(width) ? null : (int)Math.Clamp(width, 0, 1000);
    }

    static string? Default(char component) => component switch
    {
        'm' or 's' => "01",
        'Z' or 'z' => "01:01",
        'F' or 'P' or 'C' or 'E' => "n",
        'Y' or 'M' or 'D' or 'd' or 'W' or 'w' or 'X' or 'x' or 'H' or 'h' or 'f' => "1",
        _ => null,
    };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Component}]");
}
