using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestra.Asl;

/// <summary>
/// Timestamps as the language restricts RFC 3339: an uppercase <c>T</c>, and <c>Z</c> or a numeric offset; fractions of a second have any number of digits.
/// Validation and execution share this reading, so a timestamp that passes validation also runs. Like the service's parser at run time, which names itself
/// "ISO-8601 extended offset date-time", it knows neither leap seconds nor offsets beyond 18 hours; no recorded case shows the service accepting either.
/// At run time the service also reads small letters and times without seconds.
/// </summary>
internal static partial class Rfc3339
{
    const int LongestOffset = 18 * 60;

    static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm"];

    internal static bool IsValid(string text) => TryParse(text, out _);

    /// <summary>Reads a timestamp as UTC ticks. Fractions beyond 100 ns are cut off.</summary>
    internal static bool TryParse(string text, out long utcTicks) => TryParse(Pattern().Match(text), out utcTicks);

    /// <summary>Reads a timestamp that is only known at run time.</summary>
    internal static bool TryParseGiven(string text, out long utcTicks) => TryParse(GivenPattern().Match(text.ToUpperInvariant()), out utcTicks);

    static bool TryParse(Match match, out long utcTicks)
    {
        utcTicks = 0;
        if (!match.Success || (match.Groups[2].Success && match.Groups[1].Length < "yyyy-MM-ddTHH:mm:ss".Length)) return false;
        if (!DateTime.TryParseExact(match.Groups[1].ValueSpan, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return false;
        var ticks = local.Ticks;
        if (match.Groups[2].ValueSpan is { Length: > 1 } fraction)
        {
            var factor = TimeSpan.TicksPerSecond;
            foreach (var digit in fraction[1..])
            {
                factor /= 10;
                ticks += (digit - '0') * factor;
            }
        }

        var offset = match.Groups[3].ValueSpan;
        if (offset is not "Z")
        {
            var hours = int.Parse(offset.Slice(1, 2), NumberStyles.None, CultureInfo.InvariantCulture);
            var minutes = int.Parse(offset.Slice(4, 2), NumberStyles.None, CultureInfo.InvariantCulture);
            if (minutes > 59 || hours * 60 + minutes > LongestOffset) return false;
            var shift = (hours * 60 + minutes) * TimeSpan.TicksPerMinute;
            ticks += offset[0] == '+' ? -shift : shift;
        }

        utcTicks = ticks;
        return true;
    }

    [GeneratedRegex(@"\A([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\A([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex GivenPattern();
}
