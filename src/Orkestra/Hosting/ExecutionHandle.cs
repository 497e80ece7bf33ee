using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Running;

namespace Orkestra.Hosting;

/// <summary>An execution that a runtime has started or resumed. What it shows is what was last stored, and reading it never waits for a step. Safe to use from any thread.</summary>
public sealed class ExecutionHandle
{
    readonly OrkestraRuntime runtime;
    readonly ExecutionPump pump;
    Task<ExecutionResult>? completion;

    internal ExecutionHandle(OrkestraRuntime runtime, ExecutionPump pump)
    {
        this.runtime = runtime;
        this.pump = pump;
    }

    /// <summary>
    /// The end. Faulted with an <see cref="Storage.ExecutionStoreException"/> when the store failed and the execution is suspended. An execution whose end was asked for stays in
    /// memory, even when it only waits.
    /// </summary>
    public Task<ExecutionResult> Completion => LazyInitializer.EnsureInitialized(ref completion, () => pump.Completion().AsTask());

    /// <summary>The execution as it was last stored, or as it was when it left the memory (<see cref="OrkestraOptions.IdleTimeout"/>).</summary>
    public ExecutionSnapshot Snapshot => (runtime.Executions.Find(Arn) ?? pump).Snapshot ?? pump.Snapshot!;

    /// <summary>The name.</summary>
    public string Name => pump.Start.ResolveName();

    /// <summary>The ARN.</summary>
    public string Arn => pump.Start.ResolveArn();

    /// <summary>The status as it was last stored.</summary>
    public ExecutionStatus Status => Snapshot.Status;

    /// <summary>Follows the history, from any event on, until the execution ends.</summary>
    /// <param name="afterEventId">The id of the last event already seen; 0 for all events.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    public IAsyncEnumerable<HistoryEvent> WatchAsync(int afterEventId = 0, CancellationToken cancellationToken = default) => runtime.WatchAsync(Arn, afterEventId, cancellationToken);

    /// <summary>Stops the execution, which then ends as <see cref="ExecutionStatus.Aborted"/>.</summary>
    /// <param name="error">The error to end with; null for none.</param>
    /// <param name="cause">The cause to end with; null for none.</param>
    /// <returns>False when it had ended. Known once the stop is stored.</returns>
    public Task<bool> StopAsync(string? error = null, string? cause = null) => pump.PostAsync(pump.StopSignal(error, cause));

    /// <summary>Begins the execution again where it failed; <see cref="OrkestraRuntime.RedriveAsync(string, CancellationToken)"/>.</summary>
    /// <returns>A handle whose <see cref="Completion"/> is the new end, once the redrive is stored.</returns>
    /// <exception cref="InvalidOperationException">The execution runs, succeeded, is Express, or has no room left in its history.</exception>
    public Task<ExecutionHandle> RedriveAsync() => runtime.RedriveAsync(pump);

    /// <summary>Changes the limits of a Map Run that is under way.</summary>
    /// <param name="arn">The Map Run.</param>
    /// <param name="maxConcurrency">How many child executions may run side by side, 0 for as many as the quota allows; null to leave it.</param>
    /// <param name="toleratedFailureCount">How many items may fail; null to leave it.</param>
    /// <param name="toleratedFailurePercentage">How many items may fail, in percent; null to leave it.</param>
    /// <returns>False when the execution has ended. Known once the change is stored.</returns>
    public Task<bool> UpdateMapRunAsync(string arn, int? maxConcurrency = null, long? toleratedFailureCount = null, double? toleratedFailurePercentage = null)
    {
        var limits = new JsonObject.Builder();
        if (maxConcurrency is { } concurrency) limits.Set("maxConcurrency", concurrency);
        if (toleratedFailureCount is { } count) limits.Set("toleratedFailureCount", count);
        if (toleratedFailurePercentage is { } percentage) limits.Set("toleratedFailurePercentage", percentage);
        return UpdateMapRunAsync(arn, limits.Build());
    }

    internal Task<bool> UpdateMapRunAsync(string arn, JsonObject limits) =>
        pump.PostAsync(new ExecutionSignal(ExecutionSignalKind.MapRunUpdated, runtime.Clock.UtcTicks, value: limits, cause: arn));
}
