using System.Globalization;
using Cronos;
using Orkestra.Authoring.Schedules;

namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>
/// The local times of EventBridge's six fields, by Cronos. Cronos counts the days of the week from 0, has no year, and takes <c>L</c>, <c>W</c> and <c>#</c> only by themselves;
/// so values are written out, the year is looked at here, and such an item gets an expression of its own. Immutable.
/// </summary>
internal sealed class CronCalendar
{
    /// <summary>The last year Cronos knows.</summary>
    const int LastYear = 2099;

    readonly CronExpression[] expressions;
    readonly IReadOnlySet<int> years;

    /// <param name="fields">The six fields, checked.</param>
    /// <param name="text">The expression, for messages.</param>
    /// <exception cref="FormatException">It has no time that can be known here.</exception>
    internal CronCalendar(IReadOnlyList<string> fields, string text)
    {
        years = CronField.All[5].Values(fields[5])!;
        if (!years.Any(year => year <= LastYear)) throw new FormatException($"The schedule '{text}' begins after the year {LastYear}, the last one that can be scheduled here.");
        var (minute, hour, month) = (Numbers(0, fields[0]), Numbers(1, fields[1]), Numbers(3, fields[3]));
        IEnumerable<(string Day, string WeekDay)> days = fields[4] == "?" ? Parts(2, fields[2], DayOfMonth).Select(day => (day, "*")) : Parts(4, fields[4], DayOfWeek).Select(day => ("*", day));
        expressions = [.. days.Select(day => CronExpression.Parse($"{minute} {hour} {day.Day} {month} {day.WeekDay}"))];
    }

    /// <summary>The next local time after another one; null if no time follows.</summary>
    internal DateTime? After(DateTime local)
    {
        while (true)
        {
            // Cronos computes in UTC, where no time is missing or repeated.
            var from = DateTime.SpecifyKind(local, DateTimeKind.Utc);
            if (expressions.Select(expression => expression.GetNextOccurrence(from)).Where(time => time is not null).Min() is not { } next) return null;
            if (years.Contains(next.Year)) return DateTime.SpecifyKind(next, DateTimeKind.Unspecified);
            if (years.FirstOrDefault(year => year > next.Year) is not (> 0 and <= LastYear and var wanted)) return null;
            local = new DateTime(wanted, 1, 1).AddTicks(-1);
        }
    }

    static string Numbers(int field, string text) => Join(CronField.All[field].Values(text)!);

    // Plain values together, and each of the others by itself.
    static IEnumerable<string> Parts(int field, string text, Func<string, string> special)
    {
        var known = CronField.All[field];
        var items = text.Split(',');
        var plain = items.Where(known.IsPlain).ToList();
        if (plain.Count > 0) yield return Join(known.Values(string.Join(',', plain))!.Select(value => field == 4 ? value - 1 : value));
        foreach (var item in items.Where(item => !known.IsPlain(item))) yield return special(item);
    }

    // L, LW, L-3 and 15W are the same.
    static string DayOfMonth(string item) => item;

    // L by itself is the last day of the week, Saturday.
    static string DayOfWeek(string item)
    {
        if (item == "L") return "6";
        var field = CronField.All[4];
        return item.EndsWith('L')
            ? string.Create(CultureInfo.InvariantCulture, $"{field.ValueOf(item[..^1]) - 1}L")
            : string.Create(CultureInfo.InvariantCulture, $"{field.ValueOf(item[..item.IndexOf('#', StringComparison.Ordinal)]) - 1}{item[item.IndexOf('#', StringComparison.Ordinal)..]}");
    }

    static string Join(IEnumerable<int> values) => string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
}
