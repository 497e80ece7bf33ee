using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>An execution that was started.</summary>
public sealed class ExecutionHandle
{
    readonly ExecutionRun run;

    internal ExecutionHandle(ExecutionRun run, Task<ExecutionResult> completion)
    {
        this.run = run;
        Completion = completion;
    }

    /// <summary>The end. It is faulted only when the store failed.</summary>
    public Task<ExecutionResult> Completion { get; }

    /// <summary>The name.</summary>
    public string Name => run.Execution.Name;

    /// <summary>The ARN.</summary>
    public string Arn => run.Execution.Arn;

    /// <summary>How it stands now.</summary>
    public ExecutionStatus Status => run.Execution.Status;

    /// <summary>When it started, UTC.</summary>
    public DateTimeOffset StartTime => new(run.Execution.StartedAt, TimeSpan.Zero);

    /// <summary>The input.</summary>
    public JsonValue Input => run.Execution.Start.Input;

    /// <summary>The history so far.</summary>
    public IReadOnlyList<HistoryEvent> ReadHistory() => run.ReadHistory();

    /// <summary>The Map Runs so far, in the order of their start.</summary>
    public IReadOnlyList<MapRunDescription> ReadMapRuns() => run.ReadMapRuns();

    /// <summary>Changes the limits of a Map Run that is under way. Nothing happens when it is not.</summary>
    /// <param name="arn">The Map Run.</param>
    /// <param name="maxConcurrency">How many child executions may run side by side, 0 for as many as the quota allows; null to leave it.</param>
    /// <param name="toleratedFailureCount">How many items may fail; null to leave it.</param>
    /// <param name="toleratedFailurePercentage">How many items may fail, in percent; null to leave it.</param>
    public void UpdateMapRun(string arn, int? maxConcurrency = null, long? toleratedFailureCount = null, double? toleratedFailurePercentage = null)
    {
        var limits = new JsonObject.Builder();
        if (maxConcurrency is { } concurrency) limits.Set("maxConcurrency", concurrency);
        if (toleratedFailureCount is { } count) limits.Set("toleratedFailureCount", count);
        if (toleratedFailurePercentage is { } percentage) limits.Set("toleratedFailurePercentage", percentage);
        run.UpdateMapRun(arn, limits.Build());
    }

    /// <summary>
    /// Begins an execution that ended without success again where it failed, with the same input: what succeeded is not done again
    /// (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html).
    /// </summary>
    /// <returns>A handle whose <see cref="Completion"/> is the new end.</returns>
    /// <exception cref="InvalidOperationException">The execution runs, succeeded, is Express, or has no room left in its history.</exception>
    public ExecutionHandle Redrive() => new(run, run.RedriveAsync().AsTask());

    /// <summary>Stops the execution, which then ends as <see cref="ExecutionStatus.Aborted"/>. Nothing happens when it has ended.</summary>
    /// <param name="error">The error to end with; null for none.</param>
    /// <param name="cause">The cause to end with; null for none.</param>
    public void Stop(string? error = null, string? cause = null) => run.Stop(error, cause);
}
