using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestra.Expressions.Formatting;

/// <summary>Reads the ISO 8601 timestamps that <c>$toMillis</c> takes without a picture.</summary>
internal static partial class IsoDateTime
{
    /// <summary>Milliseconds since the epoch; not a number when the text has the form of a timestamp but names no moment, such as month 13.</summary>
    /// <exception cref="PictureException">D3110: the text has not the form of a timestamp.</exception>
    internal static double ParseMillis(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) throw new PictureException("D3110", text);
        var time = match.Groups["hour"];
        var fraction = match.Groups["fraction"];
        var offset = Offset(match);
        var month = Number(match, "month", 1);
        var day = Number(match, "day", 1);
        var hour = Number(match, "hour", 0);
        var minute = Number(match, "minute", 0);
        var second = Number(match, "second", 0);
        var millisecond = Millisecond(fraction.ValueSpan);
        // A fraction belongs to a time, a day to a month, and without a time there is no offset but Z.
        if (!time.Success && (fraction.Success || match.Groups["offset"].Success)) return double.NaN;
        if (match.Groups["day"].Success && !match.Groups["month"].Success) return double.NaN;
        if (month is < 1 or > 12 || day is < 1 or > 31 || hour > 24 || (hour == 24 && minute + second + millisecond > 0)) return double.NaN;
        return EcmaDate.Exact(Number(match, "year", 0), month, day, hour, minute, second, millisecond) - (offset * 60_000);
    }

    [GeneratedRegex(@"\A(?<year>[0-9]{4})(-(?<month>[01][0-9]))?(-(?<day>[0-3][0-9]))?(T(?<hour>[0-2][0-9]):(?<minute>[0-5][0-9]):(?<second>[0-5][0-9]))?" +
        @"(\.(?<fraction>[0-9]+))?(Z|(?<offset>(?<sign>[+-])(?<offsetHour>[0-2][0-9]):?(?<offsetMinute>[0-5][0-9])))?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    static double Offset(Match match)
    {
        if (!match.Groups["offset"].Success) return 0;
        var hour = Number(match, "offsetHour", 0);
        if (hour > 23) return double.NaN;
        return (match.Groups["sign"].ValueSpan[0] == '-' ? -1 : 1) * ((hour * 60) + Number(match, "offsetMinute", 0));
    }

    static double Millisecond(ReadOnlySpan<char> fraction)
    {
        var value = 0;
        for (int i = 0, scale = 100; i < Math.Min(3, fraction.Length); i++, scale /= 10) value += (fraction[i] - '0') * scale;
        return value;
    }

    static double Number(Match match, string group, double absent) => match.Groups[group] is { Success: true } found
        ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)
        : absent;
}
