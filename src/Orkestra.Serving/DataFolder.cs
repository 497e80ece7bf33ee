using Orkestra.Hosting.Storage;
using Orkestra.Sqlite;

namespace Orkestra.Serving;

/// <summary>The folder of <c>--data</c>, with one file that keeps everything.</summary>
public static class DataFolder
{
    /// <summary>The folder of the command <c>serve</c>, below the current one.</summary>
    public const string Default = ".orkestra";

    const string File = "orkestra.db";

    /// <summary>Opens the store of a folder, and makes both when they do not exist.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ServingException">The file cannot be used; for example because another process uses it.</exception>
    public static SqliteExecutionStore Open(string folder)
    {
        try
        {
            return new SqliteExecutionStore(Path.Combine(folder, File));
        }
        catch (Exception problem) when (problem is ExecutionStoreException or IOException or UnauthorizedAccessException)
        {
            throw new ServingException($"The data in '{folder}' cannot be used. {problem.Message}");
        }
    }

    /// <summary>Opens the store of a folder that is there.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ServingException">There is no data, or the file cannot be used.</exception>
    public static SqliteExecutionStore OpenExisting(string folder) =>
        System.IO.File.Exists(Path.Combine(folder, File)) ? Open(folder) : throw new ServingException($"There is no data in '{folder}'. Name the folder of 'orkestra local --data' with --data.");
}
