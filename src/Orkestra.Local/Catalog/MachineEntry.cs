using System.Collections.Immutable;
using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Local.Catalog;

/// <summary>A state machine with its versions and aliases. Immutable.</summary>
internal sealed record MachineEntry
{
    internal const string Kind = "stateMachine";

    internal required string Arn { get; init; }

    internal required string Name { get; init; }

    internal required StateMachineType Type { get; init; }

    /// <summary>Orders state machines by their creation.</summary>
    internal required int Number { get; init; }

    internal required DateTimeOffset Created { get; init; }

    internal required MachineRevision Revision { get; init; }

    /// <summary>Whether a caller created it, so that it has no executions from before.</summary>
    internal bool IsCreated { get; init; }

    /// <summary>The description of the version that was published at the creation; null when none was published then.</summary>
    internal string? FirstVersion { get; init; }

    /// <summary>The number of the next version. Numbers are not used twice.</summary>
    internal int NextVersion { get; init; } = 1;

    internal TagList Tags { get; init; } = TagList.Empty;

    /// <summary>Newest first.</summary>
    internal ImmutableList<VersionEntry> Versions { get; init; } = [];

    /// <summary>Oldest first.</summary>
    internal ImmutableList<AliasEntry> Aliases { get; init; } = [];

    /// <summary>The state machine itself; versions and aliases have entries of their own.</summary>
    internal CatalogEntry ToEntry()
    {
        var json = new JsonObject.Builder(10)
            .Set("name", Name).Set("type", Type.ToString()).Set("number", Number).Set("created", Created.UtcTicks).Set("revision", Revision.ToJson())
            .Set("nextVersion", NextVersion).Set("tags", Tags.ToJson()).Set("isCreated", IsCreated);
        if (FirstVersion is not null) json.Set("firstVersion", FirstVersion);
        return new CatalogEntry(Kind, Arn, json.Build());
    }

    internal static MachineEntry Read(string arn, JsonValue entry) => new()
    {
        Arn = arn,
        Name = EntryFields.Text(entry, "name"),
        Type = Enum.TryParse<StateMachineType>(EntryFields.Text(entry, "type"), out var type) ? type : throw EntryFields.Missing("type"),
        Number = (int)EntryFields.Number(entry, "number"),
        Created = EntryFields.Time(entry, "created"),
        Revision = MachineRevision.Read(entry["revision"] ?? throw EntryFields.Missing("revision")),
        FirstVersion = EntryFields.OptionalText(entry, "firstVersion"),
        NextVersion = (int)EntryFields.Number(entry, "nextVersion"),
        Tags = TagList.Empty.With(entry["tags"], arn),
        IsCreated = entry["isCreated"] is JsonBoolean { Value: true },
    };
}
