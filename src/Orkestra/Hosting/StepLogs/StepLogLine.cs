using Microsoft.Extensions.Logging;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.StepLogs;

/// <summary>A message that a step logged, with the attempt that logged it. Immutable.</summary>
public sealed record StepLogLine
{
    /// <summary>The number of the line among those of its execution, from 1. The store gives it; 0 before.</summary>
    public long Number { get; init; }

    /// <summary>The execution.</summary>
    public required string ExecutionArn { get; init; }

    /// <summary>The state.</summary>
    public required string StateName { get; init; }

    /// <summary>The id of the history event with which the state was entered.</summary>
    public required int EnteredEventId { get; init; }

    /// <summary>1 for the first attempt of the state, one more for each retry. A redrive begins with 1 again.</summary>
    public required int Attempt { get; init; }

    /// <summary>The attempt, as <see cref="TaskInvocation.AttemptId"/> names it.</summary>
    public required string AttemptId { get; init; }

    /// <summary>When it was logged, UTC, by the clock of the runtime.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The level.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The category of the logger.</summary>
    public required string Category { get; init; }

    /// <summary>The message. One of more than 16,384 characters is cut, and ends by saying so.</summary>
    public required string Message { get; init; }

    /// <summary>The exception with its stack, cut like the message; null for none.</summary>
    public string? Exception { get; init; }

    /// <summary>The line as JSON, for pages and tools: its members in camel case, without the execution; the time as text in UTC, the level by its name.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject.Builder(10)
            .Set("number", Number).Set("time", Timestamps.Format(Time)).Set("level", Level.ToString()).Set("state", StateName)
            .Set("enteredEventId", EnteredEventId).Set("attempt", Attempt).Set("attemptId", AttemptId).Set("category", Category).Set("message", Message);
        if (Exception is { } exception) json.Set("exception", exception);
        return json.Build();
    }

    /// <summary>Whether a text is in the message, the exception, the category or the name of the state. Case does not matter.</summary>
    /// <param name="text">The text.</param>
    public bool Contains(string text) =>
        Message.Contains(text, StringComparison.OrdinalIgnoreCase) || Exception?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || Category.Contains(text, StringComparison.OrdinalIgnoreCase) || StateName.Contains(text, StringComparison.OrdinalIgnoreCase);
}
