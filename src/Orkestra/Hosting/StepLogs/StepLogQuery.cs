using Microsoft.Extensions.Logging;

namespace Orkestra.Hosting.StepLogs;

/// <summary>Which lines of an execution to read. All conditions have to hold; those that are null do not count.</summary>
public sealed record StepLogQuery
{
    /// <summary>The execution.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>Only lines with a larger number; 0, the default, for all.</summary>
    public long After { get; init; }

    /// <summary>The largest number of lines; 500 by default.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>Only lines of one visit to a state: <see cref="StepLogLine.EnteredEventId"/>.</summary>
    public int? EnteredEventId { get; init; }

    /// <summary>Only lines of a state.</summary>
    public string? StateName { get; init; }

    /// <summary>Only lines of this level and those above it.</summary>
    public LogLevel? Level { get; init; }

    /// <summary>Only lines that have this text, as <see cref="StepLogLine.Contains"/> finds it.</summary>
    public string? Text { get; init; }

    /// <summary>Whether a line of the execution is asked for, apart from <see cref="After"/> and <see cref="Limit"/>.</summary>
    /// <param name="line">The line.</param>
    public bool Matches(StepLogLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return (EnteredEventId is not { } visit || line.EnteredEventId == visit) && (StateName is null || line.StateName == StateName)
            && (Level is not { } level || line.Level >= level) && (Text is null || line.Contains(Text));
    }
}
