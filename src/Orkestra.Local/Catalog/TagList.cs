using System.Collections.Immutable;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Local.Catalog;

/// <summary>The tags of a resource, in the order in which they were added. Immutable.</summary>
internal sealed class TagList
{
    const int Most = 50;

    readonly ImmutableList<KeyValuePair<string, string>> tags;

    TagList(ImmutableList<KeyValuePair<string, string>> tags) => this.tags = tags;

    internal static TagList Empty { get; } = new([]);

    /// <summary>The tags with others added or replaced.</summary>
    /// <param name="added">A list of <c>key</c> and <c>value</c>; null for none.</param>
    /// <param name="arn">The resource, for the message.</param>
    /// <exception cref="ServiceException"><c>TooManyTags</c>.</exception>
    internal TagList With(JsonValue? added, string arn)
    {
        if (added is not JsonArray list) return this;
        var all = tags;
        foreach (var tag in list)
        {
            var pair = KeyValuePair.Create(EntryFields.OptionalText(tag, "key") ?? "", EntryFields.OptionalText(tag, "value") ?? "");
            var at = all.FindIndex(known => known.Key == pair.Key);
            all = at < 0 ? all.Add(pair) : all.SetItem(at, pair);
        }

        return all.Count <= Most ? new TagList(all) : throw new ServiceException("TooManyTags", $"Too Many Tags: '{arn} would have {all.Count} tags, and a resource has at most {Most}'");
    }

    internal TagList Without(JsonValue? keys)
    {
        var gone = keys is JsonArray list ? ((IEnumerable<JsonValue>)list).OfType<JsonString>().Select(key => key.Value).ToHashSet(StringComparer.Ordinal) : [];
        return new TagList(tags.RemoveAll(tag => gone.Contains(tag.Key)));
    }

    internal JsonArray ToJson() => JsonArray.Create(tags.Select(tag => (JsonValue)JsonObject.Create(("key", tag.Key), ("value", tag.Value))));
}
