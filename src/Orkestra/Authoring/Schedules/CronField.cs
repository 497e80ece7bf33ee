using System.Globalization;

namespace Orkestra.Authoring.Schedules;

/// <summary>One of the six fields of a cron expression: what it is called, and what its texts mean. Immutable.</summary>
/// <remarks>https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based</remarks>
public sealed class CronField
{
    const int WeeksInMonth = 5;

    readonly string wildcards;
    readonly string[] names;

    CronField(string name, int first, int last, string wildcards, params string[] names)
    {
        (Name, First, Last) = (name, first, last);
        this.wildcards = wildcards;
        this.names = names;
    }

    /// <summary>The six fields in the order they are written, as <see cref="ScheduleExpression.Fields"/> has their texts.</summary>
    public static IReadOnlyList<CronField> All { get; } =
    [
        new("minute", 0, 59, ""),
        new("hour", 0, 23, ""),
        new("day-of-month", 1, 31, "?LW"),
        new("month", 1, 12, "", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"),
        new("day-of-week", 1, 7, "?L#", "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"),
        new("year", 1970, 2199, ""),
    ];

    /// <summary>The name, such as <c>day-of-month</c>.</summary>
    public string Name { get; }

    /// <summary>The smallest value.</summary>
    public int First { get; }

    /// <summary>The largest value.</summary>
    public int Last { get; }

    /// <summary>What is wrong with a field's text, or null.</summary>
    internal string? Problem(string text)
    {
        if (text == "?") return wildcards.Contains('?', StringComparison.Ordinal) ? null : $"the {Name} field cannot be '?'";
        foreach (var item in text.Split(','))
        {
            if (!IsItem(item)) return $"'{item}' is not {(Name == "hour" ? "an" : "a")} {Name}: write {Range}, a list (,), a range (-) or steps (/)";
        }

        return null;
    }

    /// <summary>The values of a text with only values, ranges and steps, in ascending order; null when it has days that depend on the month, such as <c>L</c>.</summary>
    /// <param name="text">The text of the field in an expression that was read.</param>
    public IReadOnlySet<int>? Values(string text)
    {
        var values = new SortedSet<int>();
        foreach (var item in text.Split(','))
        {
            if (!IsPlain(item)) return null;
            AddTo(values, item);
        }

        return values;
    }

    /// <summary>Whether an item has values of its own, whatever the month: a value, a range, or steps.</summary>
    /// <param name="item">One of the texts between the commas.</param>
    public bool IsPlain(string item)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        return IsRange(slash < 0 ? item : item[..slash]);
    }

    /// <summary>The number of a value: <c>TUE</c> is 3.</summary>
    /// <param name="text">A number or a name.</param>
    public int ValueOf(string text) => Number(text) ?? First + Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));

    void AddTo(SortedSet<int> values, string item)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        var (range, step) = slash < 0 ? (item, 1) : (item[..slash], Number(item[(slash + 1)..])!.Value);
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        // A value with steps goes on to the last one: 0/15 is 0, 15, 30, 45.
        var (from, to) = range == "*" ? (First, Last)
            : dash >= 0 ? (ValueOf(range[..dash]), ValueOf(range[(dash + 1)..]))
            : (ValueOf(range), slash < 0 ? ValueOf(range) : Last);
        // A range may go on from the beginning: FRI-MON.
        var count = Last - First + 1;
        for (var value = from; value <= (to < from ? to + count : to); value += step) values.Add(First + ((value - First) % count));
    }

    string Range => names.Length == 0 ? $"{First} to {Last}" : $"{First} to {Last} or {names[0]} to {names[^1]}";

    bool IsItem(string item)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0) return IsRange(item[..slash]) && Number(item[(slash + 1)..]) is { } step && step > 0 && step <= Last;
        return IsRange(item) || IsDayOfMonth(item) || IsDayOfWeek(item);
    }

    bool IsRange(string text)
    {
        if (text == "*") return true;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash < 0 ? IsValue(text) : IsValue(text[..dash]) && IsValue(text[(dash + 1)..]);
    }

    // L: the last day; L-3: three days before it; 15W: the weekday nearest to the 15th; LW: the last weekday.
    bool IsDayOfMonth(string text)
    {
        if (!wildcards.Contains('W', StringComparison.Ordinal)) return false;
        if (text is "L" or "LW") return true;
        if (text.StartsWith("L-", StringComparison.Ordinal)) return Number(text[2..]) is >= 1 and <= 30;
        return text.EndsWith('W') && IsValue(text[..^1]);
    }

    // L: the last day of the week; 6L: the last Friday of the month; 3#2: the second Tuesday.
    bool IsDayOfWeek(string text)
    {
        if (!wildcards.Contains('#', StringComparison.Ordinal)) return false;
        if (text == "L") return true;
        if (text.EndsWith('L')) return IsValue(text[..^1]);
        var hash = text.IndexOf('#', StringComparison.Ordinal);
        return hash > 0 && IsValue(text[..hash]) && Number(text[(hash + 1)..]) is >= 1 and <= WeeksInMonth;
    }

    bool IsValue(string text) =>
        Number(text) is { } number ? number >= First && number <= Last : names.Contains(text, StringComparer.OrdinalIgnoreCase);

    static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
