namespace Orkestra.Sqlite.Tests;

/// <summary>A folder that goes with the test.</summary>
sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orkestra-sqlite-").FullName;

    public string Store => System.IO.Path.Combine(Path, "executions.db");

    public void Dispose()
    {
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
