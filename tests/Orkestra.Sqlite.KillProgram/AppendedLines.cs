using System.Text;

namespace Orkestra.Sqlite.KillProgram;

/// <summary>A file of lines. A line that was added stays when the process is killed. Safe to use from any thread.</summary>
public sealed class AppendedLines(string path) : IDisposable
{
    readonly Lock gate = new();
    readonly FileStream stream = Open(path);

    public void Add(string line)
    {
        lock (gate) stream.Write(Encoding.UTF8.GetBytes($"{line}\n"));
    }

    public void Dispose() => stream.Dispose();

    // What was being added when the process was killed is not to become the beginning of the next line.
    static FileStream Open(string path)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var length = stream.Length;
        for (; length > 0; length--)
        {
            stream.Position = length - 1;
            if (stream.ReadByte() == '\n') break;
        }

        stream.SetLength(length);
        stream.Position = length;
        return stream;
    }

    /// <summary>The lines of a file; none when there is no file. A last line without an end was being added when the process was killed.</summary>
    public static string[] Read(string path)
    {
        if (!File.Exists(path)) return [];
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
