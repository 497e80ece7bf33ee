using System.Globalization;

namespace Orkestra.Authoring.Schedules;

/// <summary>
/// When something happens, as EventBridge writes it: <c>cron(0 8 ? * MON-FRI *)</c>, <c>rate(5 minutes)</c> or <c>at(2030-01-31T08:00:00)</c>. An expression has no time zone: a
/// schedule has one. Immutable.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html</remarks>
public sealed class ScheduleExpression
{
    const string SixFields = "minute, hour, day-of-month, month, day-of-week and year";
    const int FieldsOfUnix = 5;
    const int LeapYear = 2024;

    ScheduleExpression(string text) => Text = text;

    /// <summary>The expression as EventBridge takes it.</summary>
    public string Text { get; }

    /// <summary>The six fields of a cron expression: minute, hour, day-of-month, month, day-of-week and year. Empty for a rate and a moment.</summary>
    public IReadOnlyList<string> Fields { get; private init; } = [];

    /// <summary>How much time lies between two moments; null unless it is a rate.</summary>
    public TimeSpan? Rate { get; private init; }

    /// <summary>The single moment, without a time zone; null unless it is one.</summary>
    public DateTime? Moment { get; private init; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The text.</param>
    /// <param name="owner">What has the schedule, for messages.</param>
    /// <param name="acceptsUnix">Whether a cron expression may have the five fields of Unix, also without <c>cron(…)</c>; it gets EventBridge's six. False by default.</param>
    /// <exception cref="FormatException">The text is not an expression. The message is a sentence that says why.</exception>
    public static ScheduleExpression Parse(string text, string owner, bool acceptsUnix = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(owner);
        var trimmed = text.Trim();
        if (Inside(trimmed, "cron") is { } cron) return OfCron(cron, owner, acceptsUnix);
        if (Inside(trimmed, "rate") is { } rate) return OfRate(rate, owner);
        if (Inside(trimmed, "at") is { } at) return OfMoment(at, owner);
        if (acceptsUnix && !trimmed.Contains('(', StringComparison.Ordinal) && trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is FieldsOfUnix or FieldsOfUnix + 1) return OfCron(trimmed, owner, acceptsUnix);
        throw new FormatException($"The schedule '{text}' of {owner} is not an expression: write rate(5 minutes), cron(0 8 ? * MON-FRI *) or at(2030-01-31T08:00:00).");
    }

    /// <summary>Reads a cron expression with or without <c>cron(…)</c> around it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="owner">What has the schedule, for messages.</param>
    /// <param name="acceptsUnix">Whether it may have the five fields of Unix; it gets EventBridge's six. False by default.</param>
    /// <exception cref="FormatException">It is not valid. The message is a sentence that says why.</exception>
    public static ScheduleExpression OfCron(string text, string owner, bool acceptsUnix = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(owner);
        var fields = (Inside(text, "cron") ?? text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (acceptsUnix && fields.Length == FieldsOfUnix) fields = OfUnix(fields) ?? throw Invalid("day-of-month and day-of-week cannot both be set: write two schedules");
        if (fields.Length != CronField.All.Count) throw Invalid($"it has {fields.Length} fields, but six are needed: {SixFields}");
        foreach (var (field, value) in CronField.All.Zip(fields))
        {
            if (field.Problem(value) is { } problem) throw Invalid(problem);
        }

        if ((fields[2] == "?") == (fields[4] == "?"))
            throw Invalid(fields[2] == "?" ? "one of day-of-month and day-of-week has to be set, the other '?'" : $"day-of-month and day-of-week cannot both be set: make one of them '?'. The fields are {SixFields}, without seconds");
        if (CronField.All[2].Values(fields[2]) is { } days && CronField.All[3].Values(fields[3]) is { } months && months.All(month => days.Min() > DateTime.DaysInMonth(LeapYear, month)))
            throw Invalid($"it never fires, because no month of '{fields[3]}' has the day {days.Min()}");
        return new ScheduleExpression($"cron({string.Join(' ', fields)})") { Fields = fields };

        FormatException Invalid(string problem) => new($"The cron expression '{text}' of {owner} is not valid: {problem}.");
    }

    /// <summary>The expression of a rate, in the largest unit that counts it in whole numbers: days, hours or minutes.</summary>
    /// <param name="rate">The time between two moments: whole minutes, and at least one.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is shorter than a minute, or has a part of one.</exception>
    public static ScheduleExpression OfRate(TimeSpan rate)
    {
        var minutes = rate.TotalMinutes;
        if (minutes < 1 || minutes % 1 != 0) throw new ArgumentOutOfRangeException(nameof(rate), rate, "A schedule counts whole minutes: choose one minute or more.");
        const int hour = 60, day = 24 * hour;
        var (count, unit) = minutes switch
        {
            _ when minutes % day == 0 => (minutes / day, "day"),
            _ when minutes % hour == 0 => (minutes / hour, "hour"),
            _ => (minutes, "minute"),
        };
        return new ScheduleExpression(string.Create(CultureInfo.InvariantCulture, $"rate({count} {unit}{(count > 1 ? "s" : "")})")) { Rate = rate };
    }

    /// <inheritdoc cref="Text"/>
    public override string ToString() => Text;

    static ScheduleExpression OfRate(string text, string owner)
    {
        if (text.Split(' ') is [var count, var unit]
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number > 0
            && unit.TrimEnd('s') is "minute" or "hour" or "day"
            && unit.EndsWith('s') == number > 1)
        {
            var length = unit[0] switch { 'm' => TimeSpan.FromMinutes(1), 'h' => TimeSpan.FromHours(1), _ => TimeSpan.FromDays(1) };
            if (number <= TimeSpan.FromDays(36_525) / length) return new ScheduleExpression($"rate({text})") { Rate = number * length };
        }

        throw new FormatException($"The rate '{text}' of {owner} is not valid: write a whole number and minutes, hours or days, such as 'rate(5 minutes)' or 'rate(1 hour)'.");
    }

    static ScheduleExpression OfMoment(string text, string owner) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? new ScheduleExpression($"at({text})") { Moment = moment }
            : throw new FormatException($"The moment '{text}' of {owner} is not valid: write it like 'at(2030-01-31T08:00:00)' and name the time zone in TimeZone.");

    static string? Inside(string text, string kind) =>
        text.StartsWith(kind + "(", StringComparison.Ordinal) && text.EndsWith(')') ? text[(kind.Length + 1)..^1] : null;

    // Unix counts the days of the week from 0, and runs on either of the days when both are set, which six fields cannot say.
    static string[]? OfUnix(string[] fields)
    {
        var (day, weekDay) = (fields[2], fields[4]);
        if (weekDay is "*" or "?") return [fields[0], fields[1], day == "?" ? "*" : day, fields[3], "?", "*"];
        return day is "*" or "?" ? [fields[0], fields[1], "?", fields[3], string.Join(',', weekDay.Split(',').Select(Shifted)), "*"] : null;
    }

    static string Shifted(string item)
    {
        var end = item.AsSpan().IndexOfAny('/', '#', 'L');
        var (range, rest) = end < 0 ? (item, "") : (item[..end], item[end..]);
        // 5-7 is Friday to Sunday. Steps count from Sunday.
        return string.Join('-', range.Split('-').Select(Day)) + rest;

        static string Day(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day <= 7 ? string.Create(CultureInfo.InvariantCulture, $"{(day % 7) + 1}") : text;
    }
}
