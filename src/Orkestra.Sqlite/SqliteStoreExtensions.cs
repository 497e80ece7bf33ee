using Microsoft.Extensions.DependencyInjection;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

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

    /// <summary>
    /// Keeps the executions, schedules and backfills of a host in a SQLite file. The store becomes a singleton of the container, which disposes of it after the runtime, and is the
    /// <see cref="ICatalogStore"/> too, so that a Step Functions endpoint of the host keeps its state machines there. The file is opened when the host starts.
    /// </summary>
    /// <param name="builder">The builder of the host's runtime.</param>
    /// <param name="path">The path of the file, which is made with its folder when it does not exist.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="InvalidOperationException">The runtime exists already.</exception>
    /// <example><code>
    /// builder.Services.AddOrkestra(orkestra =>
    /// {
    ///     orkestra.UseSqlite("orkestra.db");
    ///     orkestra.AddWorkflow&lt;PlaceOrder&gt;();
    /// });
    /// </code></example>
    public static OrkestraBuilder UseSqlite(this OrkestraBuilder builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(path);
        builder.UseStore(services => services.GetRequiredService<SqliteExecutionStore>());
        builder.Services.AddSingleton(_ => new SqliteExecutionStore(path));
        builder.Services.AddSingleton<IExecutionStore>(services => services.GetRequiredService<SqliteExecutionStore>());
        builder.Services.AddSingleton<ICatalogStore>(services => services.GetRequiredService<SqliteExecutionStore>());
        return builder;
    }
}
