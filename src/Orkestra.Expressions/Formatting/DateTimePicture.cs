using System.Diagnostics.CodeAnalysis;
using System.Text;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Formatting;

/// <summary>
/// An analysed date and time picture: <c>$fromMillis</c> and <c>$toMillis</c>. XPath F&amp;O 3.1 section 9.8.4,
/// https://www.w3.org/TR/xpath-functions-31/#rules-for-datetime-formatting, with the answers of the JSONata reference where it differs.
/// </summary>
internal sealed class DateTimePicture
{
    static readonly PictureCache<DateTimePicture> Cache = new(Analyse);

    static readonly DateTimePicture Iso8601 = Analyse("[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]");

    readonly Lazy<DateTimeParser> parser;

    DateTimePicture(IReadOnlyList<object> parts)
    {
        Parts = parts;
        parser = new Lazy<DateTimeParser>(() => new DateTimeParser(parts));
    }

    /// <summary>Literal texts (<see cref="string"/>) and markers (<see cref="DateTimeMarker"/>).</summary>
    internal IReadOnlyList<object> Parts { get; }

    /// <summary>A moment as text.</summary>
    /// <param name="millis">Milliseconds since 1970-01-01T00:00:00Z.</param>
    /// <param name="picture">The picture; ISO 8601 with milliseconds when null.</param>
    /// <param name="timezone">The offset as <c>±hhmm</c>; UTC when null.</param>
    /// <exception cref="PictureException">D3130 to D3135.</exception>
    internal static string Format(double millis, string? picture, string? timezone) =>
        (picture is null ? Iso8601 : Cache.Get(picture)).Format(millis, timezone);

    /// <summary>The moment of a text in milliseconds since 1970-01-01T00:00:00Z.</summary>
    /// <param name="text">The text.</param>
    /// <param name="picture">The picture; ISO 8601 when null.</param>
    /// <param name="nowMillis">The present, which gives the fields the picture leaves out on the left.</param>
    /// <param name="meter">Counts the work.</param>
    /// <returns>The moment; null when the text does not match; not a number when the fields name no moment.</returns>
    /// <exception cref="PictureException">D3110, or D3130 to D3136.</exception>
    internal static double? Parse(string text, string? picture, double nowMillis, IWorkMeter meter) =>
        picture is null ? IsoDateTime.ParseMillis(text) : Cache.Get(picture).Parse(text, nowMillis, meter);

    /// <exception cref="PictureException">D3131, D3132 or D3135.</exception>
    internal static DateTimePicture Analyse(string picture)
    {
        var parts = new List<object>();
        var literal = new StringBuilder();
        for (var at = 0; at < picture.Length; at++)
        {
            if (picture[at] == ']' && at + 1 < picture.Length && picture[at + 1] == ']') at++;
            if (picture[at] != '[')
            {
                literal.Append(picture[at]);
                continue;
            }

            if (at + 1 < picture.Length && picture[at + 1] == '[')
            {
                literal.Append('[');
                at++;
                continue;
            }

            var end = picture.IndexOf(']', at);
            if (end < 0) throw new PictureException("D3135");
            FlushLiteral(parts, literal);
            parts.Add(DateTimeMarker.Analyse(picture[(at + 1)..end]));
            at = end;
        }

        FlushLiteral(parts, literal);
        return new DateTimePicture(parts);
    }

    /// <exception cref="PictureException">D3130, D3133 or D3134.</exception>
    internal string Format(double millis, string? timezone)
    {
        var offset = timezone is null ? 0 : EcmaNumber.ParseInt(timezone);
        var hours = Math.Floor(offset / 100);
        var minutes = offset % 100;
        var date = new EcmaDate(Math.Truncate(millis) + (((60 * hours) + minutes) * 60_000));
        var output = new StringBuilder();
        foreach (var part in Parts)
        {
            output.Append(part is DateTimeMarker marker ? FormatMarker(marker, date, hours, minutes) : (string)part);
        }

        return output.ToString();
    }

    /// <exception cref="PictureException">D3130, D3133 or D3136.</exception>
    internal double? Parse(string text, double nowMillis, IWorkMeter meter) => parser.Value.Parse(text, nowMillis, meter);

    static void FlushLiteral(List<object> parts, StringBuilder literal)
    {
        if (literal.Length == 0) return;
        parts.Add(literal.ToString());
        literal.Clear();
    }

    static string FormatMarker(DateTimeMarker marker, in EcmaDate date, double hours, double minutes) => marker.Component switch
    {
        'Z' or 'z' => FormatOffset(marker, hours, minutes),
        'P' => Cased(date.Hour >= 12 ? "pm" : "am", marker.Names == LetterCase.Upper ? LetterCase.Upper : LetterCase.Lower),
        'C' or 'E' => "ISO",
        'f' when marker.Integer is null => throw new PictureException("D3133", "f"),
        _ when marker.Names is { } letters => FormatName(marker, date, letters),
        _ => FormatNumber(marker, date),
    };

    static string FormatNumber(DateTimeMarker marker, in EcmaDate date)
    {
        var value = DateTimeFields.Get(date, marker.Component);
        if (marker.YearDigits is { } last) value %= Math.Pow(10, last);
        return marker.Integer!.Format(value, marker.Digits);
    }

    static string FormatName(DateTimeMarker marker, in EcmaDate date, LetterCase letters)
    {
        var names = marker.Component switch
        {
            'M' or 'x' => DateTimeNames.Months,
            'F' => DateTimeNames.Days,
            _ => throw new PictureException("D3133", marker.Component.ToString()),
        };
        var value = DateTimeFields.Get(date, marker.Component);
        var name = Cased(double.IsNaN(value) ? "NaN" : names[(int)value - 1], letters);
        return marker.MaxWidth < name.Length ? name[..marker.MaxWidth.Value] : name;
    }

    static string FormatOffset(DateTimeMarker marker, double hours, double minutes)
    {
        var offset = (hours * 100) + minutes;
        var integer = marker.Integer!;
        var text = integer.RegularInterval > 0 ? integer.Format(offset) : integer.MandatoryDigits switch
        {
            1 or 2 => integer.Format(hours) + (minutes == 0 ? "" : ":" + IntegerPicture.Format(minutes, "00")),
            3 or 4 => integer.Format(offset),
            _ => throw new PictureException("D3134", integer.MandatoryDigits?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        if (offset == 0 && marker.Zulu) return "Z";
        return (marker.Component == 'z' ? "GMT" : "") + (offset >= 0 ? "+" : "") + text;
    }

    [SuppressMessage("Globalization", "CA1308", Justification = "Lower case is what the picture asks for.")]
    static string Cased(string text, LetterCase letters) => letters switch
    {
        LetterCase.Upper => text.ToUpperInvariant(),
        LetterCase.Lower => text.ToLowerInvariant(),
        _ => text,
    };
}
