namespace Orkestra.Hosting.StepLogs;

/// <summary>How much of what the steps of one execution log is kept. When there is more, the oldest lines are dropped.</summary>
public sealed record StepLogLimits
{
    internal static StepLogLimits Default { get; } = new();

    /// <summary>The largest number of lines of an execution; 10,000 by default.</summary>
    public int MaxLines { get; init; } = 10_000;

    /// <summary>The largest size of the lines of an execution, in characters of their texts; 4,194,304 by default. The last line is kept in any case.</summary>
    public long MaxCharacters { get; init; } = 4 << 20;

    /// <summary>The size of a line as it counts for <see cref="MaxCharacters"/>: the characters of its message, exception, category and state name.</summary>
    /// <param name="line">The line.</param>
    public static long SizeOf(StepLogLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Message.Length + (line.Exception?.Length ?? 0) + line.Category.Length + line.StateName.Length;
    }
}
