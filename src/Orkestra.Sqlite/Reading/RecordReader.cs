using Orkestra.Engine;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Packing;
using Orkestra.Sqlite.Writing;

namespace Orkestra.Sqlite.Reading;

/// <summary>Makes records of rows. The input is that of the first commit, which is not kept a second time.</summary>
internal sealed class RecordReader(Database database)
{
    internal const string Columns =
        "e.id, e.arn, e.name, e.machine, e.definition, e.map_run, e.map_run_redrives, e.type, e.start, e.first, e.first_sequence, e.head, e.sequence, e.status, e.redrives, e.stop, "
        + "e.version, e.alias, e.due, e.indexed";

    /// <summary>What tells new executions, which are in no index yet.</summary>
    internal const string IsNew = "e.id > (SELECT executions FROM settled) AND e.indexed = 0";

    /// <summary>How many texts are remembered.</summary>
    const int Kept = 10_000;

    readonly Statement findText = database.Prepare("SELECT text FROM texts WHERE id = ?");
    readonly Statement findMapRun = database.Prepare("SELECT arn, parent FROM map_runs WHERE id = ?");
    readonly Statement findCommit = database.Prepare("SELECT data FROM commits WHERE id = ?");
    readonly Dictionary<long, string> texts = [];

    internal static ExecutionRow ReadRow(Statement row)
    {
        var arn = row.Text(1);
        return new ExecutionRow(
            row.Int64(0), arn, row.IsNull(2) ? ExecutionTable.NameOf(arn) : row.Text(2), row.Int64(3), row.Int64(4), row.Int64(5), (int)row.Int64(6), row.Int64(7), row.Int64(8),
            row.Int64(9), row.Int64(10), row.Int64(11), row.Int64(12), row.Int64(13), (int)row.Int64(14), row.Int64OrNull(15), row.Int64(16), row.Int64(17), row.Int64OrNull(18),
            row.Int64(19) != 0);
    }

    /// <summary>The record of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="later">The last commit of the execution, when it is known and may be newer than the row; the default when not.</param>
    /// <exception cref="ExecutionStoreException">The row or a commit is damaged.</exception>
    internal ExecutionRecord ToRecord(ExecutionRow row, CommitPlace later)
    {
        try
        {
            var last = LastOf(row, later);
            var head = ReadHead(row, last);
            var first = Read(row.First, data => CommitPacking.ReadFirst(data, row.Id, row.FirstSequence)).Start ?? throw new FormatException("Its first signal is not its start.");
            return ToRecord(row, last.Sequence, head, first.Input);
        }
        catch (FormatException problem)
        {
            throw StoreFaults.Damaged(database.Path, $"the execution '{row.Arn}' cannot be read. {problem.Message}", problem);
        }
    }

    /// <summary>The record of a row for a list: one whose commits are damaged says so as its error, so that the others can be listed, and is not idle, so that a
    /// runtime that resumes all finds out.</summary>
    /// <exception cref="ExecutionStoreException">The row itself is damaged.</exception>
    internal ExecutionRecord ToListedRecord(ExecutionRow row, CommitPlace later)
    {
        try
        {
            return ToRecord(row, later);
        }
        catch (ExecutionStoreException problem) when (problem.InnerException is FormatException damage)
        {
            var cause = $"The execution is damaged in the store. {damage.Message}";
            return ToRecord(row, row.Sequence, new CommitHead { Due = row.Due, Error = "Orkestra.Damaged", Cause = cause }, Expressions.Data.JsonValue.Null);
        }
    }

    /// <summary>The last commit of an execution.</summary>
    internal static CommitPlace LastOf(ExecutionRow row, CommitPlace later) => later.Sequence > row.Sequence ? later : new CommitPlace(row.Head, row.Sequence);

    /// <summary>The status of an execution; Running when its last commit is damaged.</summary>
    internal ExecutionStatus StatusOf(ExecutionRow row, CommitPlace later)
    {
        if (row.IsIndexed) return StoredCodes.StatusOf(row.Status);
        try
        {
            return ReadHead(row, LastOf(row, later)).Status;
        }
        catch (FormatException)
        {
            return ExecutionStatus.Running;
        }
    }

    CommitHead ReadHead(ExecutionRow row, CommitPlace place) => Read(place.Id, data => CommitPacking.ReadHead(data, row.Id, place.Sequence));

    ExecutionRecord ToRecord(ExecutionRow row, long sequence, in CommitHead head, Expressions.Data.JsonValue input) => new()
    {
        Arn = row.Arn,
        Name = row.Name,
        StateMachineArn = TextOf(row.Machine),
        StateMachineVersionArn = row.Version == 0 ? null : TextOf(row.Version),
        StateMachineAliasArn = row.Alias == 0 ? null : TextOf(row.Alias),
        Type = StoredCodes.TypeOf(row.Type),
        Status = row.IsIndexed ? StoredCodes.StatusOf(row.Status) : head.Status,
        StartTime = TimeOf(row.Start),
        StopTime = (row.IsIndexed ? row.Stop : head.Stopped) is { } stop ? TimeOf(stop) : null,
        DefinitionHash = TextOf(row.Definition),
        Sequence = sequence,
        HistoryCount = head.History,
        IsIdle = head.IsIdle,
        NextDue = head.Due is { } due ? TimeOf(due) : null,
        Parent = ParentOf(row),
        RedriveCount = row.Redrives,
        RedriveTime = head.Redriven is { } redriven ? TimeOf(redriven) : null,
        Input = input,
        Output = head.Output,
        Error = head.Error,
        Cause = head.Cause,
    };

    /// <summary>The id of a text; 0 when it is not known.</summary>
    internal static long IdOf(Statement find, string text)
    {
        if (!find.Bind(1, text).Step()) return 0;
        var id = find.Int64(0);
        find.Reset();
        return id;
    }

    T Read<T>(long commit, Func<ReadOnlySpan<byte>, T> read)
    {
        if (!findCommit.Bind(1, commit).Step()) throw new FormatException($"Its commit {commit} is missing.");
        try
        {
            return read(findCommit.Blob(0));
        }
        finally
        {
            findCommit.Reset();
        }
    }

    ParentMapRun? ParentOf(ExecutionRow row)
    {
        if (row.MapRun == 0) return null;
        if (!findMapRun.Bind(1, row.MapRun).Step()) throw new FormatException("Its Map Run is missing.");
        var parent = new ParentMapRun(findMapRun.Text(1), findMapRun.Text(0), row.MapRunRedrives);
        findMapRun.Reset();
        return parent;
    }

    string TextOf(long id)
    {
        if (texts.TryGetValue(id, out var known)) return known;
        if (!findText.Bind(1, id).Step()) throw new FormatException("A text it names is missing.");
        var text = findText.Text(0);
        findText.Reset();
        if (texts.Count >= Kept) texts.Clear();
        texts.Add(id, text);
        return text;
    }

    static DateTimeOffset TimeOf(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : throw new FormatException("A time of it is not one.");
}
