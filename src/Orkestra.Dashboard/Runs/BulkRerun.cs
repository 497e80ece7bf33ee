using Orkestra.Engine;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Runs;

/// <summary>The runs of a filter that ended without success, to be rerun together.</summary>
internal static class BulkRerun
{
    internal const int Most = 1_000;

    /// <summary>The runs, newest first. With a status those that have it, otherwise those that failed or timed out. Children of Map Runs go with their parents.</summary>
    /// <returns>At most <see cref="Most"/>, and whether these are all.</returns>
    /// <exception cref="ArgumentException">A value cannot be read, or runs of that status are not rerun together.</exception>
    internal static async Task<(IReadOnlyList<ExecutionRecord> Runs, bool IsAll)> FindAsync(DashboardServices services, Func<string, string?> value, CancellationToken cancellationToken)
    {
        ExecutionStatus[] statuses = RunSearch.StatusOf(value("status")) switch
        {
            null => [ExecutionStatus.Failed, ExecutionStatus.TimedOut],
            ExecutionStatus.Running or ExecutionStatus.Succeeded => throw new ArgumentException("Only runs that ended without success are rerun together. Choose failed, timed out or aborted as the status."),
            { } status => [status],
        };
        var found = new List<ExecutionRecord>();
        var isAll = true;
        foreach (var status in statuses)
        {
            string? page = null;
            do
            {
                var (runs, _) = await RunSearch.FindAsync(services, Condition, cancellationToken).ConfigureAwait(false);
                found.AddRange(runs.Executions);
                page = runs.NextToken;
            }
            while (page is not null && found.Count <= Most);

            isAll &= page is null;

            string? Condition(string name) => name switch { "status" => status.ToString(), "page" => page, _ => value(name) };
        }

        return ([.. found.OrderByDescending(run => run.StartTime).Take(Most)], isAll && found.Count <= Most);
    }
}

/// <summary>What became of one run of a rerun of many.</summary>
/// <param name="Run">The run.</param>
/// <param name="Arn">The run that goes on or was started; null when it was refused.</param>
/// <param name="Text">What happened.</param>
internal sealed record RerunReport(ExecutionRecord Run, string? Arn, string Text);
