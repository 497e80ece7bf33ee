using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Storage;

/// <summary>
/// Keeps what a service knows apart from executions: state machines, versions, aliases, activities, tags and schedules. The service reads everything once, when it
/// starts, and writes each change before it acknowledges it. Implementations are safe to use from any thread.
/// </summary>
public interface ICatalogStore
{
    /// <summary>Reads all entries, in no particular order.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="FormatException">What is stored cannot be read by this version.</exception>
    ValueTask<IReadOnlyList<CatalogEntry>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Adds, replaces and removes entries, all or none. Durable when the call ends; a call that throws has stored nothing.</summary>
    /// <param name="changes">The entries as they are from now on; those without a value are removed. Removing an entry that does not exist does nothing.</param>
    /// <param name="cancellationToken">Cancelled when the service no longer waits for the call.</param>
    ValueTask WriteAsync(IReadOnlyList<CatalogEntry> changes, CancellationToken cancellationToken);
}

/// <summary>An entry of a catalog.</summary>
/// <param name="Kind">What it is, such as <c>stateMachine</c>.</param>
/// <param name="Key">Identifies it among its kind, such as its ARN.</param>
/// <param name="Value">What is known of it; null when it is removed.</param>
public sealed record CatalogEntry(string Kind, string Key, JsonValue? Value);
