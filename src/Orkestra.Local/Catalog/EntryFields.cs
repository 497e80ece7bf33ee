using Orkestra.Expressions.Data;

namespace Orkestra.Local.Catalog;

/// <summary>The members of stored entries.</summary>
internal static class EntryFields
{
    internal static string Text(JsonValue entry, string name) => OptionalText(entry, name) ?? throw Missing(name);

    internal static string? OptionalText(JsonValue entry, string name) => (entry[name] as JsonString)?.Value;

    internal static long Number(JsonValue entry, string name) => entry[name] is JsonNumber number && number.TryGetInt64(out var value) ? value : throw Missing(name);

    internal static DateTimeOffset Time(JsonValue entry, string name) => new(Number(entry, name), TimeSpan.Zero);

    internal static FormatException Missing(string name) => new($"The catalog cannot be read: the '{name}' of an entry is missing or is not what it should be.");
}
