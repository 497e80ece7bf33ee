using Orkestra.Sqlite.Reading;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite.Retention;

/// <summary>
/// Deletes executions and backfills in small transactions, between those of executions that work. An execution goes before the child executions of its Map Runs; when the process ends
/// between them, the next pruning finds the children that are left.
/// </summary>
internal sealed class Pruning(CommitWriter writer, ReaderPool readers)
{
    /// <summary>How many executions a transaction deletes.</summary>
    const int Batch = 64;

    int deleted;
    int children;
    int backfills;

    internal async Task<PruneSummary> RunAsync(RetentionPolicy policy, CancellationToken cancellationToken)
    {
        await writer.SettleAsync(cancellationToken).ConfigureAwait(false);
        await DeleteChildrenAsync(readers.Read(reader => reader.FindOrphans()), cancellationToken).ConfigureAwait(false);
        long? endedBefore = policy.MaxAge is { } age ? Math.Max(0, (policy.TimeProvider.GetUtcNow() - age).UtcTicks) : null;
        foreach (var ids in readers.Read(reader => reader.FindEnded(endedBefore, policy.MaxCount)).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var arns = await writer.DoAsync(tables => ids.Select(tables.Deletions.DeleteEnded).OfType<string>().ToArray(), cancellationToken).ConfigureAwait(false);
            deleted += arns.Length;
            await DeleteMapRunsAsync(arns, cancellationToken).ConfigureAwait(false);
        }

        foreach (var numbers in readers.Read(reader => reader.FindEndedBackfills(endedBefore, policy.MaxCount)).Chunk(Batch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            backfills += await writer.DoAsync(tables => numbers.Count(tables.Backfills.DeleteEnded), cancellationToken).ConfigureAwait(false);
        }

        return new PruneSummary(deleted, children) { Backfills = backfills };
    }

    Task DeleteMapRunsAsync(IReadOnlyList<string> parents, CancellationToken cancellationToken) =>
        DeleteChildrenAsync([.. parents.SelectMany(parent => readers.Read(reader => reader.FindMapRuns(parent))).Select(run => run.Id)], cancellationToken);

    // Children may have Map Runs of their own.
    async Task DeleteChildrenAsync(IReadOnlyList<long> mapRuns, CancellationToken cancellationToken)
    {
        foreach (var mapRun in mapRuns)
        {
            IReadOnlyList<string> arns;
            do
            {
                arns = await writer.DoAsync(
                    tables =>
                    {
                        var gone = tables.Deletions.DeleteChildren(mapRun, Batch);
                        if (gone.Count < Batch) tables.Texts.Forget();
                        return gone;
                    },
                    cancellationToken).ConfigureAwait(false);
                children += arns.Count;
                await DeleteMapRunsAsync(arns, cancellationToken).ConfigureAwait(false);
            }
            while (arns.Count == Batch);
        }
    }
}
