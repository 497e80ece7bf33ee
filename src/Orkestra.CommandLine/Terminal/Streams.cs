using System.Text;

namespace Orkestra.CommandLine.Terminal;

/// <summary>Where a host writes, and what it reads.</summary>
/// <param name="Output">The result.</param>
/// <param name="Error">Everything else.</param>
/// <param name="IsOutputTerminal">Whether a person reads the result.</param>
/// <param name="IsErrorTerminal">Whether a person watches the rest, so that it may move.</param>
/// <param name="Input">Opens standard input, for <c>--input -</c>.</param>
internal sealed record Streams(TextWriter Output, TextWriter Error, bool IsOutputTerminal, bool IsErrorTerminal, Func<Stream> Input)
{
    /// <summary>The streams of the process.</summary>
    public static Streams OfProcess()
    {
        var isOutputTerminal = !Console.IsOutputRedirected;
        var isErrorTerminal = !Console.IsErrorRedirected;
        // A redirected stream is not a console: a plain writer starts faster than the console's.
        return new(
            isOutputTerminal ? Console.Out : Plain(Console.OpenStandardOutput()),
            isErrorTerminal ? Console.Error : TextWriter.Synchronized(Plain(Console.OpenStandardError())),
            isOutputTerminal,
            isErrorTerminal,
            Console.OpenStandardInput);
    }

    static StreamWriter Plain(Stream stream) => new(stream, new UTF8Encoding(false), 4096) { AutoFlush = true };
}
