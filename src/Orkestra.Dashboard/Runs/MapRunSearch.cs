using Orkestra.Engine;

namespace Orkestra.Dashboard.Runs;

/// <summary>Finds Map Runs.</summary>
internal static class MapRunSearch
{
    /// <summary>Finds a Map Run by its ARN; null if it does not exist. Its execution is in memory, or one of its child executions names it.</summary>
    internal static async Task<MapRunDescription?> FindAsync(DashboardServices services, string arn)
    {
        var owner = services.Runtime.Executions.All.Select(pump => pump.Snapshot).FirstOrDefault(snapshot => snapshot is not null && snapshot.MapRuns.Any(run => run.Arn == arn))
            ?? await services.Runtime.FindMapRunOwnerAsync(arn).ConfigureAwait(false);
        return owner?.MapRuns.FirstOrDefault(run => run.Arn == arn);
    }
}
