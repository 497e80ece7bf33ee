using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite.Reading;

/// <summary>The commits that rows of executions do not have yet, as of the moment a reader looks at.</summary>
internal sealed class LaterCommits
{
    readonly Dictionary<long, CommitPlace> last = [];

    LaterCommits()
    {
    }

    internal static LaterCommits Read(Database database)
    {
        var commits = new LaterCommits();
        using var statement = database.PrepareOnce(ExecutionTable.LaterCommits);
        while (statement.Step()) commits.last.Add(statement.Int64(0), new CommitPlace(statement.Int64(1), statement.Int64(2)));
        return commits;
    }

    /// <summary>The last commit of an execution; the default when its row has it.</summary>
    internal CommitPlace Of(long execution) => last.GetValueOrDefault(execution);
}
