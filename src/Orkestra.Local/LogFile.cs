using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Local;

/// <summary>
/// Writes log records to a file or a stream, one JSON object a line: <c>logGroup</c>, and <c>message</c> with the record as CloudWatch Logs receives it. Safe to use from
/// any thread. When writing fails, for example because the disk is full, the record is lost and executions go on.
/// </summary>
public sealed class LogFile : IDisposable
{
    readonly Lock gate = new();
    readonly TextWriter writer;
    readonly bool owns;

    /// <summary>Writes to the end of a file, which is created when it does not exist.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public LogFile(string path)
    {
        writer = new StreamWriter(path, append: true, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        owns = true;
    }

    /// <summary>Writes to a writer that the caller owns, such as standard output.</summary>
    /// <param name="writer">The writer.</param>
    public LogFile(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        this.writer = writer;
    }

    /// <summary>Writes a record.</summary>
    /// <param name="logGroupArn">The ARN of the log group.</param>
    /// <param name="record">The record.</param>
    public void Write(string logGroupArn, JsonObject record)
    {
        ArgumentNullException.ThrowIfNull(logGroupArn);
        ArgumentNullException.ThrowIfNull(record);
        // arn:aws:logs:region:account:log-group:name:*
        var parts = logGroupArn.Split(':');
        var line = JsonObject.Create(("logGroup", parts.Length > 6 ? parts[6] : logGroupArn), ("message", record)).ToJson();
        lock (gate)
        {
            try
            {
                writer.WriteLine(line);
                writer.Flush();
            }
            catch (Exception problem) when (problem is IOException or ObjectDisposedException)
            {
            }
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (!owns) return;
        lock (gate) writer.Dispose();
    }
}
