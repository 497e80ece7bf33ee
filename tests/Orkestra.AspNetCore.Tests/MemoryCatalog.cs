using System.Collections.Concurrent;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.AspNetCore.Tests;

/// <summary>A catalog that outlives a service, and can fail.</summary>
sealed class MemoryCatalog : ICatalogStore
{
    readonly ConcurrentDictionary<(string Kind, string Key), string> entries = new();

    internal bool Fails { get; set; }

    public ValueTask<IReadOnlyList<CatalogEntry>> ReadAllAsync(CancellationToken cancellationToken) =>
        new([.. entries.Select(entry => new CatalogEntry(entry.Key.Kind, entry.Key.Key, JsonValue.Parse(entry.Value)))]);

    public ValueTask WriteAsync(IReadOnlyList<CatalogEntry> changes, CancellationToken cancellationToken)
    {
        if (Fails) throw new IOException("The disk is full.");
        foreach (var change in changes)
        {
            // As text: nothing of what was in memory stays.
            if (change.Value is null) entries.TryRemove((change.Kind, change.Key), out _);
            else entries[(change.Kind, change.Key)] = change.Value.ToJson();
        }

        return ValueTask.CompletedTask;
    }
}
