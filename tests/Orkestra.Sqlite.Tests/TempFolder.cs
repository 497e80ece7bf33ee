namespace Orkestra.Sqlite.Tests;

/// <summary>A folder that goes with the test.</summary>
sealed class TempFolder : IDisposable
{
    bool isKept;

    public string Path { get; } = Directory.CreateTempSubdirectory("orkestra-sqlite-").FullName;

    public string Store => System.IO.Path.Combine(Path, "executions.db");

    /// <summary>Leaves the folder where it is, to look at it.</summary>
    public void Keep() => isKept = true;

    public void Dispose()
    {
        if (isKept) return;
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still hold a file.
        }
    }
}
