namespace Orkestra.Expressions.Formatting;

/// <summary>
/// A moment split into its UTC fields by the proleptic Gregorian calendar, over the whole range of ECMA-262 dates (±100,000,000 days), which
/// is wider than that of <see cref="DateTime"/>. All fields of a moment outside the range are not a number.
/// </summary>
internal readonly struct EcmaDate
{
    internal const double MillisADay = 86_400_000;
    const double Largest = 8.64e15;

    internal EcmaDate(double millis)
    {
        if (!double.IsFinite(millis) || Math.Abs(millis) > Largest)
        {
            Millis = Year = Month = Day = Hour = Minute = Second = Millisecond = Weekday = double.NaN;
            return;
        }

        Millis = Math.Truncate(millis);
        var days = (long)Math.Floor(Millis / MillisADay);
        var inDay = (long)(Millis - (days * MillisADay));
        (Year, Month, Day) = FromDays(days);
        Hour = inDay / 3_600_000;
        Minute = inDay / 60_000 % 60;
        Second = inDay / 1000 % 60;
        Millisecond = inDay % 1000;
        // 1 January 1970 was a Thursday.
        Weekday = ((days + 3) % 7 + 7) % 7 + 1;
    }

    internal double Millis { get; }

    internal double Year { get; }

    /// <summary>From 1.</summary>
    internal double Month { get; }

    internal double Day { get; }

    internal double Hour { get; }

    internal double Minute { get; }

    internal double Second { get; }

    internal double Millisecond { get; }

    /// <summary>From 1 (Monday) to 7, as ISO 8601 counts.</summary>
    internal double Weekday { get; }

    /// <summary>
    /// Milliseconds since the epoch of UTC fields as ECMA-262 <c>Date.UTC</c> has them: month from 1 here, fields may overflow into the next
    /// larger one, fractions are dropped, and years 0 to 99 mean 1900 to 1999.
    /// </summary>
    internal static double Utc(double year, double month, double day = 1, double hour = 0, double minute = 0, double second = 0, double millisecond = 0)
    {
        year = Math.Truncate(year);
        if (year is >= 0 and <= 99) year += 1900;
        return Exact(year, month, day, hour, minute, second, millisecond);
    }

    /// <summary>As <see cref="Utc"/>, but a year is what it says.</summary>
    internal static double Exact(double year, double month, double day, double hour, double minute, double second, double millisecond)
    {
        var months = Math.Truncate(month) - 1;
        if (!double.IsFinite(year) || !double.IsFinite(months) || Math.Abs(year) > 1e6 || Math.Abs(months) > 1e8) return double.NaN;
        var fullYear = (long)year + (long)Math.Floor(months / 12);
        var days = ToDays(fullYear, (int)(months - (Math.Floor(months / 12) * 12)) + 1) + Math.Truncate(day) - 1;
        var millis = (days * MillisADay) + (Math.Truncate(hour) * 3_600_000) + (Math.Truncate(minute) * 60_000) + (Math.Truncate(second) * 1000) + Math.Truncate(millisecond);
        return double.IsFinite(millis) && Math.Abs(millis) <= Largest ? millis : double.NaN;
    }

    // Days are counted in eras of 400 years that start on 1 March, so that the leap day comes last in its year.
    static (long Year, long Month, long Day) FromDays(long days)
    {
        days += 719_468;
        var era = (days >= 0 ? days : days - 146_096) / 146_097;
        var dayOfEra = days - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var monthFromMarch = ((5 * dayOfYear) + 2) / 153;
        var month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        return (yearOfEra + (era * 400) + (month <= 2 ? 1 : 0), month, dayOfYear - (((153 * monthFromMarch) + 2) / 5) + 1);
    }

    static long ToDays(long year, int month)
    {
        if (month <= 2) year--;
        var era = (year >= 0 ? year : year - 399) / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = ((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5;
        return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
    }
}
