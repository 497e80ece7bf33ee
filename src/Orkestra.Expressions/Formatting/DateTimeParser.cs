using System.Text;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Formatting;

/// <summary>Reads texts of one date picture: a pattern with a group for each marker, and the number each group stands for.</summary>
internal sealed class DateTimeParser
{
    // Which fields together name a date or a time; a set counts when no field outside it is given.
    const string DateByDay = "YMD";
    const string DateByDayOfYear = "Yd";
    const string DateByWeekOfMonth = "XxwF";
    const string DateByWeekOfYear = "XWF";
    const string Time24 = "Hmsf";
    const string Time12 = "Phmsf";

    readonly PatternProgram pattern;
    readonly List<(char Component, Func<string, double?> Read)> groups = [];

    /// <exception cref="PictureException">D3130 or D3133.</exception>
    internal DateTimeParser(IReadOnlyList<object> parts)
    {
        var source = new StringBuilder("^");
        for (var i = 0; i < parts.Count; i++)
        {
            if (parts[i] is not DateTimeMarker marker)
            {
                source.Append(Escape((string)parts[i]));
                continue;
            }

            // Digits that touch the digits of the next marker must have a fixed width to be told apart.
            var touches = i + 1 < parts.Count && parts[i + 1] is DateTimeMarker { Integer: not null, IsNumeric: true };
            var (form, read) = Matcher(marker, touches ? marker.Digits : 0);
            source.Append('(').Append(form).Append(')');
            groups.Add((marker.Component, read));
        }

        pattern = EcmaPattern.Compile(source.Append('$').ToString(), ignoreCase: true);
    }

    /// <summary>The moment in milliseconds; null when the text does not match; not a number when its fields name no moment.</summary>
    /// <exception cref="PictureException">D3136: fields are missing between those given, or the date is given by weeks.</exception>
    internal double? Parse(string text, double nowMillis, IWorkMeter meter)
    {
        if (pattern.Find(text, 0, meter) is not { } match || groups.Count == 0) return null;
        var fields = new Dictionary<char, double?>();
        for (var i = 0; i < groups.Count; i++) fields[groups[i].Component] = groups[i].Read(match.Group(i + 1)!);

        var byDay = Is(fields, "YXMxWwdD", "YMD");
        var byDayOfYear = !byDay && Is(fields, "YXMxWwdD", DateByDayOfYear);
        var byWeekOfMonth = Is(fields, "YXMxWwdD", "Xxw");
        var byWeekOfYear = !byWeekOfMonth && Is(fields, "YXMxWwdD", "XW");
        var halfDays = !Is(fields, "PHhmsf", Time24) && Is(fields, "PHhmsf", Time12);
        // The reference fills in the day of the month where the day of the year is given.
        var date = byDayOfYear ? "YD" : byWeekOfMonth ? DateByWeekOfMonth : byWeekOfYear ? DateByWeekOfYear : DateByDay;
        FillIn(fields, date + (halfDays ? Time12 : Time24), new EcmaDate(nowMillis));
        if (byWeekOfMonth || byWeekOfYear) throw new PictureException("D3136");
        return Millis(fields, byDayOfYear, halfDays);
    }

    static double Millis(Dictionary<char, double?> fields, bool byDayOfYear, bool halfDays)
    {
        double Field(char component) => fields.GetValueOrDefault(component) ?? double.NaN;

        var year = Field('Y');
        var month = Field('M') > 0 ? Field('M') : 1;
        var day = Field('D');
        if (byDayOfYear)
        {
            var derived = new EcmaDate(EcmaDate.Utc(year, 1) + ((Field('d') - 1) * EcmaDate.MillisADay));
            (month, day) = (derived.Month, derived.Day);
        }

        var hour = halfDays ? (Field('h') == 12 ? 0 : Field('h')) + (Field('P') == 1 ? 12 : 0) : Field('H');
        var offset = fields.GetValueOrDefault('Z') is { } zone and not 0 ? zone : fields.GetValueOrDefault('z') ?? 0;
        return EcmaDate.Utc(year, month, day, hour, Field('m'), Field('s'), Field('f')) - (double.IsNaN(offset) ? 0 : offset * 60_000);
    }

    /// <summary>Whether some of the fields of a set are given, and none of the others.</summary>
    static bool Is(Dictionary<char, double?> fields, string all, string set)
    {
        var some = false;
        foreach (var component in all)
        {
            // As in the reference, a field that is zero does not tell.
            if (fields.GetValueOrDefault(component) is null or 0 or double.NaN) continue;
            if (!set.Contains(component, StringComparison.Ordinal)) return false;
            some = true;
        }

        return some;
    }

    /// <summary>Fields left of the first one given are the present's, those right of the last one are the first of their kind; a gap between is refused.</summary>
    static void FillIn(Dictionary<char, double?> fields, string order, in EcmaDate now)
    {
        var started = false;
        var ended = false;
        foreach (var component in order)
        {
            if (fields.GetValueOrDefault(component) is not null)
            {
                started = true;
                if (ended) throw new PictureException("D3136");
            }
            else if (started)
            {
                fields[component] = component is 'M' or 'D' or 'd' ? 1 : 0;
                ended = true;
            }
            else
            {
                fields[component] = DateTimeFields.Get(now, component);
            }
        }
    }

    static (string Form, Func<string, double?> Read) Matcher(DateTimeMarker marker, int width) => marker.Component switch
    {
        'Z' or 'z' => OffsetMatcher(marker),
        'f' => ("[0-9]+", ReadFraction),
        _ when marker.Integer is { } integer => (Form(integer, width), text => integer.Parse(text)),
        'M' or 'x' => ("[a-zA-Z]+", NameReader(DateTimeNames.Months, marker.MaxWidth)),
        'F' => ("[a-zA-Z]+", NameReader(DateTimeNames.Days, marker.MaxWidth)),
        'P' => ("[a-zA-Z]+", text => text switch { "am" or "AM" => 0, "pm" or "PM" => 1, _ => null }),
        _ => throw new PictureException("D3133", marker.Component.ToString()),
    };

    static string Form(IntegerPicture integer, int width) => integer.Form switch
    {
        IntegerForm.Letters => "[a-zA-Z]+",
        IntegerForm.Roman => "[MDCLXVImdclxvi]+",
        IntegerForm.Words => "(?:" + string.Join('|', EnglishNumber.Words) + "|and|[-, ])+",
        IntegerForm.Decimal => (width > 0 ? $"[0-9]{{{width}}}" : "[0-9]+") + (integer.Ordinal ? "(?:th|st|nd|rd)" : ""),
        _ => throw new PictureException("D3130", integer.Token),
    };

    static string Escape(string text) => string.Concat(text.Select(c => string.Create(System.Globalization.CultureInfo.InvariantCulture, $@"\u{(int)c:X4}")));

    static double? ReadFraction(string text)
    {
        var digits = text.Length > 3 ? text[..3] : text;
        return double.Parse("0." + digits, System.Globalization.CultureInfo.InvariantCulture) * 1000;
    }

    static Func<string, double?> NameReader(string[] names, int? maxWidth) => text =>
    {
        var index = Array.FindIndex(names, name => (maxWidth is > 0 && maxWidth < name.Length ? name[..maxWidth.Value] : name) == text);
        return index < 0 ? null : index + 1;
    };

    static (string Form, Func<string, double?> Read) OffsetMatcher(DateTimeMarker marker)
    {
        var prefix = marker.Component == 'z' ? "GMT" : "";
        var separator = marker.Integer!.RegularSign;
        var form = prefix + "[-+][0-9]+" + (separator is null ? "" : Escape(separator) + "[0-9]+");
        return (form, text => ReadOffset(text[prefix.Length..], separator));
    }

    static double? ReadOffset(string text, string? separator)
    {
        var at = separator is null ? -1 : text.IndexOf(separator, StringComparison.Ordinal);
        var (hours, minutes) = separator is not null ? (text[..at], text[(at + separator.Length)..])
            : text.Length <= 3 ? (text, "0")
            : (text[..3], text[3..]);
        return (EcmaNumber.ParseInt(hours) * 60) + EcmaNumber.ParseInt(minutes);
    }
}
