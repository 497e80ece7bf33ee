using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>Waits; exactly one of its four fields says how long (https://states-language.net/spec.html#wait-state).</summary>
public sealed record WaitState : State
{
    /// <inheritdoc/>
    public override string Type => "Wait";

    /// <summary>How many seconds to wait: a number, or a JSONata expression.</summary>
    public JsonValue? Seconds { get; init; }

    /// <summary>JSONPath: where the number of seconds is found.</summary>
    public string? SecondsPath { get; init; }

    /// <summary>Until when to wait: an RFC 3339 timestamp with <c>T</c> and an offset, or a JSONata expression.</summary>
    public string? Timestamp { get; init; }

    /// <summary>JSONPath: where the timestamp is found.</summary>
    public string? TimestampPath { get; init; }
}
