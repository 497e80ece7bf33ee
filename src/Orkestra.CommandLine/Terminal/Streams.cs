using System.Text;

namespace Orkestra.CommandLine.Terminal;

/// <summary>Where a host writes.</summary>
/// <param name="Output">The result.</param>
/// <param name="Error">Everything else.</param>
/// <param name="IsOutputTerminal">Whether a person reads the result.</param>
/// <param name="IsErrorTerminal">Whether a person watches the rest, so that it may move.</param>
internal sealed record Streams(TextWriter Output, TextWriter Error, bool IsOutputTerminal, bool IsErrorTerminal)
{
    /// <summary>The process's own.</summary>
    public static Streams OfProcess()
    {
        var isOutputTerminal = !Console.IsOutputRedirected;
        var isErrorTerminal = !Console.IsErrorRedirected;
        // A redirected stream is no console: a plain writer starts faster than the console's.
        return new(
            isOutputTerminal ? Console.Out : Plain(Console.OpenStandardOutput()),
            isErrorTerminal ? Console.Error : Plain(Console.OpenStandardError()),
            isOutputTerminal,
            isErrorTerminal);
    }

    static StreamWriter Plain(Stream stream) => new(stream, new UTF8Encoding(false), 4096) { AutoFlush = true };
}
