using Orkestra.Hosting;

namespace Orkestra.Sqlite;

/// <summary>Sets the store of a runtime.</summary>
public static class SqliteStoreExtensions
{
    /// <summary>Keeps the executions of a runtime in a SQLite file: opens the store and sets <see cref="OrkestraOptions.Store"/>.</summary>
    /// <param name="options">The options of the runtime.</param>
    /// <param name="path">The path of the file, which is made with its folder when it does not exist.</param>
    /// <returns>The store. Dispose it after the runtime.</returns>
    /// <exception cref="Hosting.Storage.ExecutionStoreException">The file cannot be used; see <see cref="SqliteExecutionStore(string)"/>.</exception>
    /// <example><code>
    /// var options = new OrkestraOptions();
    /// await using var store = options.UseSqlite(".orkestra/executions.db");
    /// await using var runtime = new OrkestraRuntime(options: options);
    /// </code></example>
    public static SqliteExecutionStore UseSqlite(this OrkestraOptions options, string path)
    {
        ArgumentNullException.ThrowIfNull(options);
        var store = new SqliteExecutionStore(path);
        options.Store = store;
        return store;
    }
}
