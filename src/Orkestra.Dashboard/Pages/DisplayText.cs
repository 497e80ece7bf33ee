using System.Globalization;
using Orkestra.Dashboard.Runs;
using Orkestra.Engine;

namespace Orkestra.Dashboard.Pages;

/// <summary>Times, lengths and statuses as people read them.</summary>
internal static class DisplayText
{
    internal static string Of(TimeSpan length) => length switch
    {
        { Ticks: < 0 } => "0 ms",
        { TotalMilliseconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0.##} ms"),
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.0} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{length.Minutes} min {length.Seconds} s"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{length.Hours} h {length.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)length.TotalDays} d {length.Hours} h"),
    };

    internal static string Seconds(double? seconds) => seconds is { } value ? Of(TimeSpan.FromSeconds(value)) : "–";

    /// <summary>How long ago.</summary>
    internal static string Ago(DateTimeOffset time, DateTimeOffset now) => (now - time) switch
    {
        { TotalSeconds: < 5 } => "just now",
        { TotalMinutes: < 1 } past => string.Create(CultureInfo.InvariantCulture, $"{past.TotalSeconds:0} s ago"),
        { TotalHours: < 1 } past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalMinutes} min ago"),
        { TotalDays: < 1 } past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalHours} h ago"),
        var past => string.Create(CultureInfo.InvariantCulture, $"{(int)past.TotalDays} d ago"),
    };

    internal static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);

    internal static string Iso(DateTimeOffset time) => Timestamps.Format(time);

    internal static string Percent(double? part) => part is { } value ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value * 100):0} %") : "–";

    internal static string Of(ExecutionStatus status) => status switch
    {
        ExecutionStatus.Running => "Running",
        ExecutionStatus.Succeeded => "Succeeded",
        ExecutionStatus.Failed => "Failed",
        ExecutionStatus.TimedOut => "Timed out",
        _ => "Aborted",
    };

    internal static string Of(VisitStatus status) => status switch
    {
        VisitStatus.None => "Not visited",
        VisitStatus.TimedOut => "Timed out",
        VisitStatus.Caught => "Error caught",
        _ => status.ToString(),
    };

    /// <summary>The word for the style of a status.</summary>
    internal static string Style(ExecutionStatus status) => status.ToString().ToLowerInvariant();

    internal static string Style(VisitStatus status) => status.ToString().ToLowerInvariant();

    internal static string Number(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    internal static string Count(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
