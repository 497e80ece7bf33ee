using Orkestra.Engine;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Packing;

namespace Orkestra.Sqlite.Writing;

/// <summary>Deletes executions with their commits, tokens and logs.</summary>
internal sealed class DeletionTables(Database database, ExecutionTable executions, StepLogTable stepLogs)
{
    readonly Statement find = database.Prepare("SELECT arn, head, status FROM executions WHERE id = ?");
    readonly Statement findChildren = database.Prepare("SELECT id FROM executions WHERE indexed = 1 AND map_run = ? LIMIT ?");
    readonly Statement findPrevious = database.Prepare("SELECT previous FROM commits WHERE id = ?");
    readonly Statement removeCommit = database.Prepare("DELETE FROM commits WHERE id = ?");
    readonly Statement removeTokens = database.Prepare("DELETE FROM tokens WHERE execution = ?");
    readonly Statement remove = database.Prepare("DELETE FROM executions WHERE id = ?");
    readonly Statement removeMapRun = database.Prepare("DELETE FROM map_runs WHERE id = ?");

    /// <summary>Deletes an execution that has ended.</summary>
    /// <returns>Its ARN; null when it runs again, or is not there any more.</returns>
    internal string? DeleteEnded(long id) => Delete(id, onlyEnded: true);

    /// <summary>Deletes child executions of a Map Run, and the Map Run itself after the last one.</summary>
    /// <returns>Their ARNs; fewer than the limit when none is left.</returns>
    internal IReadOnlyList<string> DeleteChildren(long mapRun, int limit)
    {
        // New ones are in no index.
        executions.Settle();
        var ids = new List<long>();
        findChildren.Bind(1, mapRun).Bind(2, limit);
        while (findChildren.Step()) ids.Add(findChildren.Int64(0));
        string[] deleted = [.. ids.Select(id => Delete(id, onlyEnded: false)).OfType<string>()];
        if (ids.Count < limit) removeMapRun.Bind(1, mapRun).Run();
        return deleted;
    }

    string? Delete(long id, bool onlyEnded)
    {
        if (!find.Bind(1, id).Step()) return null;
        var (arn, commit, status) = (find.Text(0), find.Int64(1), StoredCodes.StatusOf(find.Int64(2)));
        find.Reset();
        if (onlyEnded && status == ExecutionStatus.Running) return null;
        if (executions.Forget(arn) is { } later) commit = later;
        while (commit != 0 && findPrevious.Bind(1, commit).Step())
        {
            var previous = findPrevious.Int64(0);
            findPrevious.Reset();
            removeCommit.Bind(1, commit).Run();
            commit = previous;
        }

        removeTokens.Bind(1, id).Run();
        stepLogs.Remove(id);
        remove.Bind(1, id).Run();
        return arn;
    }
}
