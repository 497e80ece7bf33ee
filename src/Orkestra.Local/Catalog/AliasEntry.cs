using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Local.Catalog;

/// <summary>An alias: a name for one or two versions of a state machine. Immutable.</summary>
internal sealed record AliasEntry
{
    internal const string Kind = "alias";

    internal required string Arn { get; init; }

    internal required string Name { get; init; }

    internal required string? Description { get; init; }

    /// <summary>Orders aliases by their creation.</summary>
    internal required int Number { get; init; }

    internal required DateTimeOffset Created { get; init; }

    internal required DateTimeOffset Updated { get; init; }

    /// <summary>The versions and their weights, which add up to 100, as requests and responses have them.</summary>
    internal required JsonArray Routing { get; init; }

    /// <summary>The version at a place from 0 to 99.</summary>
    internal string VersionAt(int place)
    {
        foreach (var route in Routing)
        {
            place -= (int)((JsonNumber)route["weight"]!).Value;
            if (place < 0) return ArnOf(route);
        }

        return ArnOf(Routing[^1]);
    }

    internal bool RefersTo(string versionArn) => ((IEnumerable<JsonValue>)Routing).Any(route => ArnOf(route) == versionArn);

    internal CatalogEntry ToEntry()
    {
        var json = new JsonObject.Builder(8)
            .Set("name", Name).Set("number", Number).Set("created", Created.UtcTicks).Set("updated", Updated.UtcTicks).Set("routing", Routing);
        if (Description is not null) json.Set("description", Description);
        return new CatalogEntry(Kind, Arn, json.Build());
    }

    internal static AliasEntry Read(string arn, JsonValue entry) => new()
    {
        Arn = arn,
        Name = EntryFields.Text(entry, "name"),
        Description = EntryFields.OptionalText(entry, "description"),
        Number = (int)EntryFields.Number(entry, "number"),
        Created = EntryFields.Time(entry, "created"),
        Updated = EntryFields.Time(entry, "updated"),
        Routing = entry["routing"] is JsonArray { Count: > 0 } routing ? routing : throw EntryFields.Missing("routing"),
    };

    static string ArnOf(JsonValue route) => EntryFields.Text(route, "stateMachineVersionArn");
}
