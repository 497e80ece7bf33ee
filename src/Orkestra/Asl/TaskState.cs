using Orkestra.Expressions.Data;

namespace Orkestra.Asl;

/// <summary>Has work done by a resource (https://states-language.net/spec.html#task-state).</summary>
public sealed record TaskState : FallibleState
{
    /// <inheritdoc/>
    public override string Type => "Task";

    /// <summary>The resource that does the work, an ARN. The language requires it.</summary>
    public string? Resource { get; init; }

    /// <summary>JSONPath: a payload template over the input.</summary>
    public JsonValue? Parameters { get; init; }

    /// <summary>JSONata: what the resource is given; the state's input when absent.</summary>
    public JsonValue? Arguments { get; init; }

    /// <summary>The role to take for the task: an object with <c>RoleArn</c> or <c>RoleArn.$</c>, or an expression.</summary>
    public JsonValue? Credentials { get; init; }

    /// <summary>After how many seconds the task fails with <c>States.Timeout</c>: a number, or a JSONata expression.</summary>
    public JsonValue? TimeoutSeconds { get; init; }

    /// <summary>JSONPath: where the seconds of <see cref="TimeoutSeconds"/> are found.</summary>
    public string? TimeoutSecondsPath { get; init; }

    /// <summary>How many seconds may pass between heartbeats before the task fails: a number, or a JSONata expression.</summary>
    public JsonValue? HeartbeatSeconds { get; init; }

    /// <summary>JSONPath: where the seconds of <see cref="HeartbeatSeconds"/> are found.</summary>
    public string? HeartbeatSecondsPath { get; init; }
}
