using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Local.Catalog;

/// <summary>A published version of a state machine. Immutable.</summary>
internal sealed record VersionEntry
{
    internal const string Kind = "version";

    internal required string Arn { get; init; }

    internal required int Number { get; init; }

    internal required string? Description { get; init; }

    internal required DateTimeOffset Created { get; init; }

    /// <summary>What was published.</summary>
    internal required MachineRevision Revision { get; init; }

    internal CatalogEntry ToEntry()
    {
        var json = new JsonObject.Builder(8).Set("number", Number).Set("created", Created.UtcTicks).Set("revision", Revision.ToJson());
        if (Description is not null) json.Set("description", Description);
        return new CatalogEntry(Kind, Arn, json.Build());
    }

    internal static VersionEntry Read(string arn, JsonValue entry) => new()
    {
        Arn = arn,
        Number = (int)EntryFields.Number(entry, "number"),
        Description = EntryFields.OptionalText(entry, "description"),
        Created = EntryFields.Time(entry, "created"),
        Revision = MachineRevision.Read(entry["revision"] ?? throw EntryFields.Missing("revision")),
    };
}
