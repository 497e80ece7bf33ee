using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestra.Expressions.Jsonata.Service;

/// <summary>
/// The timestamps <c>$toMillis</c> takes without a picture on AWS Step Functions: a year, a date, or a date and time with or without an offset, all of which must exist. Without an offset it is UTC.
/// </summary>
internal static partial class IsoTimestamp
{
    /// <summary>Milliseconds since 1970-01-01T00:00:00Z; null when the text is not such a timestamp.</summary>
    internal static long? ToMillis(string text)
    {
        if (Form().Match(text) is not { Success: true } match) return null;
        var year = Number(match, "year");
        if (year < 1) return null;
        var month = Math.Max(1, Number(match, "month"));
        if (month > 12) return null;
        var day = match.Groups["day"].Success ? Number(match, "day") : 1;
        if (day < 1 || day > DateTime.DaysInMonth(year, month)) return null;
        var (hour, minute, second) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        if (hour > 23 || minute > 59 || second > 59) return null;
        var fraction = match.Groups["fraction"].ValueSpan;
        var millis = 0;
        for (int i = 0, scale = 100; i < Math.Min(3, fraction.Length); i++, scale /= 10) millis += (fraction[i] - '0') * scale;
        var (offsetHours, offsetMinutes) = (Number(match, "offsetHour"), Number(match, "offsetMinute"));
        if (offsetHours > 18 || offsetMinutes > 59 || (offsetHours == 18 && offsetMinutes > 0)) return null;
        var offset = (offsetHours * 60) + offsetMinutes;
        if (match.Groups["sign"].ValueSpan is "-") offset = -offset;
        var ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc) - DateTime.UnixEpoch;
        return (ticks.Ticks / TimeSpan.TicksPerMillisecond) + millis - (offset * 60_000L);
    }

    [GeneratedRegex(@"\A(?<year>[0-9]{4})(-(?<month>(?!00)[0-9]{2})-(?<day>[0-9]{2})([Tt](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})(\.(?<fraction>[0-9]{1,9}))?)?" +
        @"([Zz]|(?<sign>[+-])(?<offsetHour>[0-9]{2})(:?(?<offsetMinute>[0-9]{2}))?)?)?)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    static int Number(Match match, string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;
}
