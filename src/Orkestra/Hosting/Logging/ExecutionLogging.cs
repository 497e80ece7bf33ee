using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Logging;

/// <summary>What an execution logs, and where. AWS logs Express executions this way, whose history it does not keep, and Standard executions that ask for it.</summary>
public sealed record ExecutionLogging
{
    /// <summary>Which events are logged; <see cref="ExecutionLogLevel.Off"/> by default.</summary>
    public ExecutionLogLevel Level { get; init; }

    /// <summary>Whether inputs, outputs, parameters and variables are logged; false by default. Errors and causes always are.</summary>
    public bool IncludesExecutionData { get; init; }

    /// <summary>
    /// Receives each record in the shape CloudWatch Logs receives it, in order, on the thread that runs the execution: <c>id</c>, <c>type</c>, <c>details</c>,
    /// <c>previous_event_id</c>, <c>event_timestamp</c>, <c>execution_arn</c> and <c>redrive_count</c>. It must be quick and must not throw.
    /// </summary>
    public required Action<JsonObject> Write { get; init; }
}
