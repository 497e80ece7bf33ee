using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>An execution that ended.</summary>
public sealed class ExecutionResult
{
    readonly Execution execution;
    ExecutionHistory? history;

    internal ExecutionResult(Execution execution) => this.execution = execution;

    /// <summary>How it ended.</summary>
    public ExecutionStatus Status => execution.Status;

    /// <summary>Whether it ended with an output.</summary>
    public bool IsSuccess => Status == ExecutionStatus.Succeeded;

    /// <summary>The output; null unless it succeeded.</summary>
    public JsonValue? Output => execution.Output;

    /// <summary>The error's name; null when it succeeded and when the error has none.</summary>
    public string? Error => execution.Failure?.Error;

    /// <summary>The error's cause; null when it succeeded and when the error has none.</summary>
    public string? Cause => execution.Failure?.Cause;

    /// <summary>The input.</summary>
    public JsonValue Input => execution.Start.Input;

    /// <summary>The name.</summary>
    public string Name => execution.Name;

    /// <summary>The ARN.</summary>
    public string Arn => execution.Arn;

    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset StartTime => new(execution.StartedAt, TimeSpan.Zero);

    /// <summary>When it ended, UTC.</summary>
    public DateTimeOffset StopTime => new(execution.StoppedAt, TimeSpan.Zero);

    /// <summary>Its history.</summary>
    public ExecutionHistory History => history ??= new ExecutionHistory(execution.History);

    internal Execution Execution => execution;
}
