using System.Globalization;
using Orkestra.Dashboard.Pages;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Schedules;

/// <summary>Fire times, policies and statuses of backfills as people read them.</summary>
internal static class FireTimeText
{
    /// <summary>The time in the schedule's time zone.</summary>
    internal static string Local(DateTimeOffset time) => time.ToString("ddd yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    /// <summary>How long until a time.</summary>
    internal static string In(DateTimeOffset time, DateTimeOffset now) => (time - now) switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } left => string.Create(CultureInfo.InvariantCulture, $"in {left.TotalSeconds:0} s"),
        { TotalHours: < 1 } left => string.Create(CultureInfo.InvariantCulture, $"in {(int)left.TotalMinutes} min"),
        var left => $"in {DisplayText.Of(left)}",
    };

    internal static string? Of(ClockChange change) => change switch
    {
        ClockChange.Forward => "The clocks have gone forward",
        ClockChange.Back => "The clocks have gone back",
        ClockChange.Twice => "This time occurs twice; it runs the first time",
        ClockChange.Skipped => "This time does not exist; nothing runs",
        _ => null,
    };

    internal static string Of(MissedRuns missed) => missed switch
    {
        MissedRuns.RunLatest => "the latest one runs",
        MissedRuns.Skip => "none runs",
        _ => "all run",
    };

    internal static string Of(BackfillPolicy policy) => policy switch
    {
        BackfillPolicy.Missing => "Missing",
        BackfillPolicy.MissingAndFailed => "Missing and failed",
        _ => "All",
    };

    internal static string Policy(string name) => Enum.TryParse<BackfillPolicy>(name, out var policy) ? Of(policy) : name;

    internal static string Of(BackfillOrder order) => order == BackfillOrder.Forward ? "As given, first to last" : "Last to first";

    /// <summary>The word for the style of a status.</summary>
    /// <param name="status">The status.</param>
    /// <param name="failed">How many runs failed.</param>
    internal static string Style(BackfillStatus status, int failed) => status switch
    {
        BackfillStatus.Running => "running",
        BackfillStatus.Paused => "waiting",
        BackfillStatus.Completed => failed == 0 ? "succeeded" : "caught",
        _ => "aborted",
    };

    internal static string Style(BackfillItemStatus status) => status switch
    {
        BackfillItemStatus.Running => "running",
        BackfillItemStatus.Succeeded => "succeeded",
        BackfillItemStatus.Failed => "failed",
        BackfillItemStatus.Cancelled => "aborted",
        _ => "none",
    };
}
