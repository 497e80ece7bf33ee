using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Local.Catalog;

/// <summary>An activity. Immutable.</summary>
internal sealed record ActivityEntry
{
    internal const string Kind = "activity";

    internal required string Arn { get; init; }

    internal required string Name { get; init; }

    /// <summary>Orders activities by their creation.</summary>
    internal required int Number { get; init; }

    internal required DateTimeOffset Created { get; init; }

    internal required JsonValue Encryption { get; init; }

    internal TagList Tags { get; init; } = TagList.Empty;

    internal CatalogEntry ToEntry() => new(Kind, Arn, JsonObject.Create(
        ("name", Name), ("number", Number), ("created", Created.UtcTicks), ("encryption", Encryption), ("tags", Tags.ToJson())));

    internal static ActivityEntry Read(string arn, JsonValue entry) => new()
    {
        Arn = arn,
        Name = EntryFields.Text(entry, "name"),
        Number = (int)EntryFields.Number(entry, "number"),
        Created = EntryFields.Time(entry, "created"),
        Encryption = entry["encryption"] ?? throw EntryFields.Missing("encryption"),
        Tags = TagList.Empty.With(entry["tags"], arn),
    };
}
