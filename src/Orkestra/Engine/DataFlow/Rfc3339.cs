using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestra.Engine.DataFlow;

/// <summary>Timestamps as the language wants them: RFC 3339 with an upper-case <c>T</c> and an offset, any number of fraction digits.</summary>
internal static partial class Rfc3339
{
    /// <summary>Reads a timestamp as UTC ticks.</summary>
    internal static bool TryParse(string text, out long utcTicks)
    {
        utcTicks = 0;
        var match = Pattern().Match(text);
        if (!match.Success) return false;
        if (!DateTime.TryParseExact(match.Groups[1].ValueSpan, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
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
            if (hours > 18 || minutes > 59) return false;
            var shift = (hours * 60 + minutes) * TimeSpan.TicksPerMinute;
            ticks += offset[0] == '+' ? -shift : shift;
        }

        utcTicks = ticks;
        return true;
    }

    [GeneratedRegex(@"\A([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]*)?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex Pattern();
}
