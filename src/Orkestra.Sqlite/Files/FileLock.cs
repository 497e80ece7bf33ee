using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Files;

/// <summary>Keeps other stores from a file, in this process and in others. Ends with the process at the latest.</summary>
internal sealed class FileLock : IDisposable
{
    readonly FileStream stream;

    FileLock(FileStream stream) => this.stream = stream;

    /// <exception cref="ExecutionStoreException">Another store has the lock, or the file of the lock cannot be made.</exception>
    internal static FileLock Take(string storePath)
    {
        var path = $"{storePath}.lock";
        try
        {
            // Not deleted afterwards: another process may have opened it already.
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (UnauthorizedAccessException problem)
        {
            throw new ExecutionStoreException($"The store '{storePath}' cannot be written: '{path}' cannot be opened. Allow writing to the folder.", problem);
        }
        catch (IOException problem) when (File.Exists(path))
        {
            throw new ExecutionStoreException($"The store '{storePath}' is in use by another process, or by another store of this one. Stop that process, or choose another file.", problem);
        }
        catch (IOException problem)
        {
            throw new ExecutionStoreException($"The store '{storePath}' cannot be written: {problem.Message} Check the path and the permissions of the folder.", problem);
        }
    }

    public void Dispose() => stream.Dispose();
}
