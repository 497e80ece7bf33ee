namespace Orkestra.Expressions.Data;

/// <summary>A text is not JSON, or passes a limit of <see cref="JsonReadOptions"/>.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="line">The line, from 1.</param>
/// <param name="column">The column, from 1, in bytes of UTF-8.</param>
/// <param name="inner">What the reader below said.</param>
public sealed class JsonFormatException(string message, long line, long column, Exception? inner = null)
    : FormatException(message, inner)
{
    /// <summary>The line of the first problem, from 1.</summary>
    public long Line { get; } = line;

    /// <summary>The column of the first problem, from 1, in bytes of UTF-8.</summary>
    public long Column { get; } = column;
}
