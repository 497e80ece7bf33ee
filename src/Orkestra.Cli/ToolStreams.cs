using System.Text;

namespace Orkestra.Cli;

/// <summary>Where a command reads and writes.</summary>
/// <param name="Output">Receives results alone.</param>
/// <param name="Error">Receives everything else.</param>
/// <param name="IsOutputTerminal">Whether a person watches the results, so that they may have colours.</param>
/// <param name="Input">Opens standard input.</param>
internal sealed record ToolStreams(TextWriter Output, TextWriter Error, bool IsOutputTerminal, Func<Stream> Input)
{
    /// <summary>Whether a person watches the rest, so that progress is shown.</summary>
    internal bool IsErrorTerminal { get; init; }

    internal static ToolStreams OfProcess() => new(
        Console.IsOutputRedirected ? Plain(Console.OpenStandardOutput()) : Console.Out,
        Console.IsErrorRedirected ? TextWriter.Synchronized(Plain(Console.OpenStandardError())) : Console.Error,
        !Console.IsOutputRedirected,
        Console.OpenStandardInput)
    {
        IsErrorTerminal = !Console.IsErrorRedirected,
    };

    internal async Task<int> RefuseAsync(string message, int exitCode = ToolExitCode.Usage)
    {
        await Error.WriteLineAsync($"orkestra: {message}").ConfigureAwait(false);
        return exitCode;
    }

    static StreamWriter Plain(Stream stream) => new(stream, new UTF8Encoding(false), 4096) { AutoFlush = true };
}
