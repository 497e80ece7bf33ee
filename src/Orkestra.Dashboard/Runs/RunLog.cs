using System.Globalization;
using Microsoft.Extensions.Logging;
using Orkestra.Hosting.StepLogs;

namespace Orkestra.Dashboard.Runs;

/// <summary>What the steps of a run logged, or a part of it.</summary>
/// <param name="Lines">The lines, oldest first.</param>
/// <param name="Dropped">How many older lines are not kept.</param>
/// <param name="IsLast">Whether nothing more matches.</param>
/// <param name="IsKept">Whether the app keeps logs at all.</param>
internal sealed record RunLog(IReadOnlyList<StepLogLine> Lines, long Dropped, bool IsLast, bool IsKept)
{
    internal const int LinesOfVisit = 300;
    const int LinesOfPage = 500;

    internal static RunLog Empty { get; } = new([], 0, IsLast: true, IsKept: true);

    internal static async Task<RunLog> OfAsync(DashboardServices services, RunState run, StepLogQuery query, CancellationToken cancellationToken)
    {
        if (!services.Runtime.KeepsStepLogs) return Empty with { IsKept = false };
        var page = await services.Runtime.ReadStepLogsAsync(query, cancellationToken).ConfigureAwait(false);
        // An earlier execution may have had the same name.
        return new RunLog([.. page.Lines.Where(line => line.Time >= run.Snapshot.StartTime.AddSeconds(-1))], page.Dropped, page.IsLast, IsKept: true);
    }

    /// <summary>What an address asks for.</summary>
    /// <exception cref="ArgumentException">A value cannot be read.</exception>
    internal static StepLogQuery QueryOf(string arn, Func<string, string?> value) => new()
    {
        ExecutionArn = arn,
        After = NumberOf(value("after"), "after") ?? 0,
        EnteredEventId = (int?)NumberOf(value("visit"), "visit"),
        StateName = value("state"),
        Level = LevelOf(value("level")),
        Text = value("text"),
        Limit = LinesOfPage,
    };

    /// <summary>The number of the attempt of a visit that wrote a line. After a redrive the engine counts from 1 again, and the visit goes on counting.</summary>
    internal static int NumberOf(RunVisit visit, StepLogLine line) => visit.Attempts.FindLast(attempt => attempt.Started <= line.Time)?.Number ?? line.Attempt;

    static long? NumberOf(string? text, string name) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"'{text}' is not a number ({name}).");

    static LogLevel? LevelOf(string? text) => text is null ? null
        : Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) && Enum.IsDefined(level) ? level : throw new ArgumentException($"There is no level '{text}'.");
}
