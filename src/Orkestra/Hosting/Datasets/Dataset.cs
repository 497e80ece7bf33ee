using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>The items of a distributed Map, and where they come from.</summary>
/// <param name="Items">The items. A member of an object is an object with <c>Key</c> and <c>Value</c>, as a child execution receives it.</param>
/// <param name="Parts">Neighbouring items with one source, in order.</param>
internal sealed record Dataset(JsonArray Items, IReadOnlyList<ItemOrigin> Parts);

/// <summary>Collects the items of a Map up to its limits.</summary>
internal sealed class DatasetCollector(long maxItems, DatasetOptions options)
{
    /// <summary>What a value takes beside its text.</summary>
    internal const int ValueWeight = 48;

    static readonly JsonShape Member = new(["Key", "Value"]);

    readonly long maxItems = Math.Min(maxItems == 0 ? long.MaxValue : maxItems, options.MaxItems);
    readonly List<JsonValue> items = [];
    readonly List<ItemOrigin> parts = [];
    long weight;

    // The part being collected.
    string? part;
    bool hasKeys;
    int count;

    internal bool IsFull => items.Count >= maxItems;

    internal void Add(string source, DatasetItem item)
    {
        weight += item.Weight > 0 ? item.Weight : ValueWeight + (2L * item.Value.Utf8Length);
        if (weight > options.MaxMemoryBytes)
        {
            throw new DatasetException(
                $"The items take more than {options.MaxMemoryBytes} bytes of memory. Read fewer with MaxItems, or raise {nameof(DatasetOptions)}.{nameof(DatasetOptions.MaxMemoryBytes)}.");
        }

        items.Add(item.Key is { } key ? JsonObject.Wrap(Member, [JsonString.Create(key), item.Value]) : item.Value);
        if (part != source || hasKeys != item.Key is not null)
        {
            EndPart();
            (part, hasKeys) = (source, item.Key is not null);
        }

        count++;
    }

    internal Dataset ToDataset()
    {
        EndPart();
        return new(JsonArray.Wrap([.. items]), parts);
    }

    void EndPart()
    {
        if (count > 0) parts.Add(new ItemOrigin(part!, count, hasKeys));
        count = 0;
    }
}
