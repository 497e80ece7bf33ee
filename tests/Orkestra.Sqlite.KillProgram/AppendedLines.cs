using System.Text;

namespace Orkestra.Sqlite.KillProgram;

/// <summary>A file of lines. A line that was added stays when the process is killed. Safe to use from any thread.</summary>
public sealed class AppendedLines(string path) : IDisposable
{
    readonly Lock gate = new();
    readonly FileStream stream = new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    public void Add(string line)
    {
        lock (gate) stream.Write(Encoding.UTF8.GetBytes($"{line}\n"));
    }

    public void Dispose() => stream.Dispose();

    /// <summary>The lines of a file; none when there is no file. A last line without an end was being added when the process was killed.</summary>
    public static string[] Read(string path)
    {
        if (!File.Exists(path)) return [];
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
