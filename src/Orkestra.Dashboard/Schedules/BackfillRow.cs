using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Schedules;

/// <summary>A backfill without its keys.</summary>
/// <param name="Backfill">The backfill.</param>
/// <param name="Runs">How many keys are run.</param>
/// <param name="Done">How many runs have ended.</param>
/// <param name="Failed">How many of them failed.</param>
internal sealed record BackfillRow(BackfillRecord Backfill, int Runs, int Done, int Failed)
{
    const int MostShown = 200;

    internal static async Task<IReadOnlyList<BackfillRow>> NewestAsync(WorkflowBackfills backfills, CancellationToken cancellationToken)
    {
        var rows = new List<BackfillRow>();
        foreach (var backfill in (await backfills.ListAsync(cancellationToken).ConfigureAwait(false)).Take(MostShown))
        {
            var counts = await backfills.CountAsync(backfill.Id, cancellationToken).ConfigureAwait(false);
            var failed = counts.GetValueOrDefault(BackfillItemStatus.Failed);
            rows.Add(new BackfillRow(backfill, counts.Where(count => count.Key != BackfillItemStatus.Skipped).Sum(count => count.Value), counts.GetValueOrDefault(BackfillItemStatus.Succeeded) + failed, failed));
        }

        return rows;
    }
}
