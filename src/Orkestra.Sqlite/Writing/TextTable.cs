using Orkestra.Engine;
using Orkestra.Sqlite.Files;

namespace Orkestra.Sqlite.Writing;

/// <summary>Texts that many executions have in common, kept once: ARNs of state machines, hashes of definitions, Map Runs.</summary>
internal sealed class TextTable(Database database)
{
    /// <summary>How many ids are remembered.</summary>
    const int Kept = 10_000;

    readonly Statement findText = database.Prepare("SELECT id FROM texts WHERE text = ?");
    readonly Statement addText = database.Prepare("INSERT INTO texts (text) VALUES (?) RETURNING id");
    readonly Statement findMapRun = database.Prepare("SELECT id FROM map_runs WHERE arn = ?");
    readonly Statement addMapRun = database.Prepare("INSERT INTO map_runs (arn, parent) VALUES (?, ?) RETURNING id");
    readonly Dictionary<string, long> texts = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> mapRuns = new(StringComparer.Ordinal);

    /// <summary>The id of a text, which is added when it is new; 0 for none.</summary>
    internal long IdOf(string? text)
    {
        if (text is null) return 0;
        if (texts.TryGetValue(text, out var id)) return id;
        return Remember(texts, text, Find(findText.Bind(1, text)) ?? Find(addText.Bind(1, text))!.Value);
    }

    /// <summary>The id of a Map Run, which is added when it is new; 0 for none.</summary>
    internal long IdOf(ParentMapRun? parent)
    {
        if (parent is null) return 0;
        if (mapRuns.TryGetValue(parent.MapRunArn, out var id)) return id;
        return Remember(mapRuns, parent.MapRunArn, Find(findMapRun.Bind(1, parent.MapRunArn)) ?? Find(addMapRun.Bind(1, parent.MapRunArn).Bind(2, parent.ExecutionArn))!.Value);
    }

    /// <summary>Ids that were added may be given to other texts.</summary>
    internal void RolledBack() => Forget();

    internal void Forget()
    {
        texts.Clear();
        mapRuns.Clear();
    }

    static long Remember(Dictionary<string, long> known, string text, long id)
    {
        if (known.Count >= Kept) known.Clear();
        known.Add(text, id);
        return id;
    }

    static long? Find(Statement statement)
    {
        if (!statement.Step()) return null;
        var id = statement.Int64(0);
        statement.Run();
        return id;
    }
}
