using Orkestra.Engine;
using Orkestra.Hosting;

namespace Orkestra.Dashboard.Runs;

/// <summary>Finds Map Runs.</summary>
internal static class MapRunSearch
{
    /// <summary>Finds a Map Run by its ARN; null if it does not exist. Its execution is in memory, or one of its child executions names it.</summary>
    internal static async Task<MapRunDescription?> FindAsync(DashboardServices services, string arn)
    {
        var owner = await services.Runtime.FindMapRunOwnerAsync(arn).ConfigureAwait(false);
        return owner?.MapRuns.FirstOrDefault(run => run.Arn == arn);
    }
}
