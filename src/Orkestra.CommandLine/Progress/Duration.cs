using System.Globalization;

namespace Orkestra.CommandLine.Progress;

/// <summary>Durations as terminals show them. Safe to use from any thread.</summary>
public static class Duration
{
    /// <summary>The time as <c>12 ms</c>, <c>3.4 s</c>, <c>0:05:30</c> or <c>1.02:00:00</c>.</summary>
    /// <param name="time">The time.</param>
    public static string Text(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : time < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s")
        : time.ToString(time < TimeSpan.FromDays(1) ? @"h\:mm\:ss" : @"d\.hh\:mm\:ss", CultureInfo.InvariantCulture);
}
