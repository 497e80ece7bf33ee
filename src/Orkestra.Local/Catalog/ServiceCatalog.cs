using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Local.Catalog;

/// <summary>
/// Holds what the service knows and stores each change before it is seen. Readers take <see cref="State"/> and never wait; changes come one after the other. Safe to use
/// from any thread.
/// </summary>
internal sealed class ServiceCatalog(ICatalogStore? store) : IDisposable
{
    readonly SemaphoreSlim gate = new(1);
    volatile CatalogState state = CatalogState.Empty;

    internal CatalogState State => state;

    internal async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (store is not null) state = CatalogState.Read(await store.ReadAllAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Makes a change.</summary>
    /// <param name="change">Decides, from what is known, what changes; it may refuse by throwing.</param>
    /// <param name="apply">Carries out what follows in the runtime, in the order of the changes; null for nothing.</param>
    internal async Task<JsonObject> ChangeAsync(Func<CatalogState, CatalogChange> change, Action<CatalogState>? apply = null)
    {
        await gate.WaitAsync().ConfigureAwait(false);
        try
        {
            var made = change(state);
            if (made.Entries.Count > 0 && store is not null) await store.WriteAsync(made.Entries, CancellationToken.None).ConfigureAwait(false);
            state = made.State;
            if (made.Entries.Count > 0) apply?.Invoke(made.State);
            return made.Answer;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}

/// <summary>A change of the catalog.</summary>
/// <param name="State">What is known after it.</param>
/// <param name="Answer">The answer to the caller.</param>
/// <param name="Entries">What is to be stored; nothing when nothing changes.</param>
internal sealed record CatalogChange(CatalogState State, JsonObject Answer, IReadOnlyList<CatalogEntry> Entries);
