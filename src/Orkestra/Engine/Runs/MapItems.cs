using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>The items of one visit to a Map, and where each of them comes from.</summary>
internal sealed class MapItems
{
    static readonly JsonShape MemberShape = new(["Key", "Value"]);

    readonly ItemOrigin[] origins;
    readonly int[] ends;

    internal MapItems(JsonArray values, IReadOnlyList<ItemOrigin> origins)
    {
        Values = values;
        this.origins = [.. origins];
        ends = new int[this.origins.Length];
        var end = 0;
        for (var i = 0; i < ends.Length; i++) ends[i] = end += this.origins[i].Count;
    }

    internal static MapItems None { get; } = new(JsonArray.Empty, []);

    /// <summary>The items. A member of an object is an object with <c>Key</c> and <c>Value</c>, as a child execution receives it.</summary>
    internal JsonArray Values { get; }

    internal int Count => Values.Count;

    /// <summary>The items of a state's data: those of an array, or the members of an object.</summary>
    internal static MapItems Of(JsonValue data) => data switch
    {
        JsonArray items => new MapItems(items, [ItemOrigin.OfState with { Count = items.Count }]),
        JsonObject members => new MapItems(
            JsonArray.Create(members.Select(member => (JsonValue)JsonObject.Wrap(MemberShape, [JsonString.Create(member.Key), member.Value]))),
            [new ItemOrigin(ItemOrigin.StateData, members.Count, HasKeys: true)]),
        _ => throw new ArgumentException($"Items are an array or an object, not a {data.Kind}.", nameof(data)),
    };

    /// <summary>Where an item comes from.</summary>
    internal ItemOrigin OriginOf(int index)
    {
        var at = Array.BinarySearch(ends, index + 1);
        if (at < 0) at = ~at;
        // Parts without items end where the one before them ends.
        while (at > 0 && ends[at - 1] > index) at--;
        return at < origins.Length ? origins[at] : UnknownOrigin;
    }

    static ItemOrigin UnknownOrigin { get; } = new(null, 0, HasKeys: false);
}
