namespace Orkestra.Expressions.Formatting;

/// <summary>The value of each component of a date picture for a moment.</summary>
internal static class DateTimeFields
{
    const double Week = 7 * EcmaDate.MillisADay;

    /// <summary>The number of a component; not a number for a component that is not numeric.</summary>
    internal static double Get(in EcmaDate date, char component) => component switch
    {
        'Y' => date.Year,
        'M' => date.Month,
        'D' => date.Day,
        'd' => ((Midnight(date) - EcmaDate.Utc(date.Year, 1)) / EcmaDate.MillisADay) + 1,
        'F' => date.Weekday,
        'W' => WeekOfYear(date),
        'w' => WeekOfMonth(date),
        'X' => WeekYear(date),
        'x' => WeekMonth(date),
        'H' => date.Hour,
        'h' => date.Hour % 12 == 0 ? 12 : date.Hour % 12,
        'm' => date.Minute,
        's' => date.Second,
        'f' => date.Millisecond,
        _ => double.NaN,
    };

    static double Midnight(in EcmaDate date) => EcmaDate.Utc(date.Year, date.Month, date.Day);

    /// <summary>The Monday of the first week of a year or month: the week that holds its first Thursday (ISO 8601 for years, F&amp;O for months).</summary>
    static double FirstWeek(double year, double month)
    {
        var first = EcmaDate.Utc(year, month);
        var weekday = new EcmaDate(first).Weekday;
        return first + ((weekday > 4 ? 8 - weekday : 1 - weekday) * EcmaDate.MillisADay);
    }

    static double Weeks(double start, double end) => ((end - start) / Week) + 1;

    static double WeekOfYear(in EcmaDate date)
    {
        var today = Midnight(date);
        var week = Weeks(FirstWeek(date.Year, 1), today);
        if (week > 52 && today >= FirstWeek(date.Year + 1, 1)) return 1;
        return Math.Floor(week < 1 ? Weeks(FirstWeek(date.Year - 1, 1), today) : week);
    }

    static double WeekOfMonth(in EcmaDate date)
    {
        var today = Midnight(date);
        var week = Weeks(FirstWeek(date.Year, date.Month), today);
        if (week > 4 && today >= FirstWeek(date.Year, date.Month + 1)) return 1;
        return Math.Floor(week < 1 ? Weeks(FirstWeek(date.Year, date.Month - 1), today) : week);
    }

    static double WeekYear(in EcmaDate date) => date.Millis < FirstWeek(date.Year, 1) ? date.Year - 1
        : date.Millis >= FirstWeek(date.Year + 1, 1) ? date.Year + 1
        : date.Year;

    static double WeekMonth(in EcmaDate date) => date.Millis < FirstWeek(date.Year, date.Month) ? (date.Month == 1 ? 12 : date.Month - 1)
        : date.Millis >= FirstWeek(date.Year, date.Month + 1) ? (date.Month == 12 ? 1 : date.Month + 1)
        : date.Month;
}
