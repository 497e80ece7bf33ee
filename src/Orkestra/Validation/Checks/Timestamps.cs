using System.Globalization;
using System.Text.RegularExpressions;

namespace Orkestra.Validation.Checks;

/// <summary>Timestamps of RFC 3339 as the language restricts them: an uppercase <c>T</c>, and <c>Z</c> or a numeric offset.</summary>
internal static partial class Timestamps
{
    internal static bool IsValid(string text)
    {
        var match = Shape().Match(text);
        if (!match.Success) return false;
        int Part(string name) => int.Parse(match.Groups[name].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);
        var (year, month) = (Part("year"), Part("month"));
        if (month is < 1 or > 12) return false;
        // The proleptic year 0 counts as a leap year, as 2000 does.
        if (Part("day") < 1 || Part("day") > DateTime.DaysInMonth(year == 0 ? 2000 : year, month)) return false;
        return Part("hour") <= 23 && Part("minute") <= 59 && Part("second") <= 60
            && (!match.Groups["offsetHour"].Success || (Part("offsetHour") <= 23 && Part("offsetMinute") <= 59));
    }

    [GeneratedRegex(
        @"^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})T(?<hour>[0-9]{2}):(?<minute>[0-9]{2}):(?<second>[0-9]{2})(\.[0-9]+)?(Z|[+-](?<offsetHour>[0-9]{2}):(?<offsetMinute>[0-9]{2}))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
