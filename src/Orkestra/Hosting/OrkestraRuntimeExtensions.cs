using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting;

/// <summary>What hosts and tools of a runtime do beyond the actions of AWS. Safe to use from any thread.</summary>
public static class OrkestraRuntimeExtensions
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Starts an execution unless there is one with its name, running or ended. Unlike <see cref="OrkestraRuntime.StartAsync(RegisteredStateMachine, JsonValue, string?, CancellationToken)"/> it does not
    /// return the one there is, which may run in another process.
    /// </summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="machine">The state machine. It need not be registered.</param>
    /// <param name="input">The input.</param>
    /// <param name="name">The execution's name.</param>
    /// <param name="cancellationToken">Cancels the call before the execution is started; it does not stop one that is.</param>
    /// <returns>The ARN, and whether the execution is new. Its start is stored.</returns>
    /// <exception cref="ArgumentException">The input is too large, or the name is not valid.</exception>
    /// <exception cref="ExecutionStoreException">The start could not be stored: there is no such execution.</exception>
    /// <exception cref="InvalidOperationException"><see cref="OrkestraRuntime.BeginShutdown"/> was called, or the runtime is disposed.</exception>
    public static async Task<StartOutcome> StartIfNewAsync(this OrkestraRuntime runtime, RegisteredStateMachine machine, JsonValue input, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(machine);
        ArgumentNullException.ThrowIfNull(name);
        cancellationToken.ThrowIfCancellationRequested();
        runtime.RefuseWhenShuttingDown();
        var options = machine.OptionsFor(name);
        var start = runtime.StartOf(machine.Plan, input, options);
        var arn = start.ResolveArn();
        var pump = runtime.NewPump(machine.Plan, machine.Invoker ?? runtime.DefaultInvoker, options);
        if (!runtime.Executions.TryAdd(arn, pump, out var known))
        {
            await known.Publication.WhenStarted().ConfigureAwait(false);
            return new StartOutcome(arn, IsNew: false);
        }

        try
        {
            await pump.StartAsync(start).ConfigureAwait(false);
            return new StartOutcome(arn, IsNew: true);
        }
        catch (ExecutionExistsException)
        {
            return new StartOutcome(arn, IsNew: false);
        }
    }

    /// <summary>When an execution that only waits is due; null when it works, waits for no time, has ended, or does not exist.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="executionArn">The execution.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The time, UTC.</returns>
    public static async Task<DateTimeOffset?> FindDueAsync(this OrkestraRuntime runtime, string executionArn, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        if (runtime.Executions.Find(executionArn) is { } pump) return pump.Snapshot is { Status: ExecutionStatus.Running } && pump.DueAtRest is { } due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
        return await runtime.FindRecordAsync(executionArn, cancellationToken).ConfigureAwait(false) is { Status: ExecutionStatus.Running, IsIdle: true } record ? record.NextDue : null;
    }

    /// <summary>
    /// Moves an execution that only waits to the time it waits for: the end of a Wait state, the next attempt of a Retry, or a timeout. To the execution it is as if that time had
    /// passed. For tests and tools: the history then has a time that the clock has not reached.
    /// </summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="executionArn">The execution.</param>
    /// <param name="cancellationToken">Ends the call before the execution is moved.</param>
    /// <returns>That time, UTC, once it is stored that the execution goes on.</returns>
    /// <exception cref="InvalidOperationException">The execution has ended, waits for no time, or does not exist.</exception>
    public static async Task<DateTimeOffset> SkipWaitAsync(this OrkestraRuntime runtime, string executionArn, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        if (await runtime.GetAsync(executionArn, cancellationToken).ConfigureAwait(false) is not { Snapshot.Status: ExecutionStatus.Running } pump) throw new InvalidOperationException("The execution has ended");
        if (!pump.IsAtRest) await pump.Publication.WhenAtRest().WaitAsync(Patience, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (pump.DueAtRest is not { } due) throw new InvalidOperationException("The execution waits for no time");
        await pump.PostAsync(new ExecutionSignal(ExecutionSignalKind.TimePassed, due)).ConfigureAwait(false);
        return new DateTimeOffset(due, TimeSpan.Zero);
    }

    /// <summary>What an execution had when it came to a state of its outermost level for the last time; null when it did not come to it, or does not exist.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="executionArn">The execution, running or ended.</param>
    /// <param name="stateName">The state.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<RerunPoint?> FindRerunPointAsync(this OrkestraRuntime runtime, string executionArn, string stateName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        if (await runtime.FindAsync(executionArn, cancellationToken).ConfigureAwait(false) is not { } run) return null;
        return RerunPoint.Of(await runtime.ReadHistoryAsync(executionArn, cancellationToken: cancellationToken).ConfigureAwait(false), run.Start.Variables, stateName);
    }

    /// <summary>The execution of a Map Run, as of its last commit; null if the Map Run does not exist.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="mapRunArn">The Map Run.</param>
    /// <returns>The execution. Its <see cref="ExecutionSnapshot.MapRuns"/> have the Map Run.</returns>
    public static async Task<ExecutionSnapshot?> FindMapRunOwnerAsync(this OrkestraRuntime runtime, string mapRunArn)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        return runtime.Executions.All.Select(pump => pump.Snapshot).FirstOrDefault(snapshot => snapshot is not null && snapshot.MapRuns.Any(run => run.Arn == mapRunArn))
            ?? (runtime.Options.Store is null ? null : await runtime.Stored.FindMapRunOwnerAsync(mapRunArn).ConfigureAwait(false));
    }

    /// <summary>The ARN of the execution with a task that can be completed with a token; null when no task waits for it.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="taskToken">The token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public static async Task<string?> FindTokenOwnerAsync(this OrkestraRuntime runtime, string taskToken, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(taskToken);
        if (runtime.Tokens.TryFind(taskToken, out var owner)) return owner.Pump.Start.ResolveArn();
        return runtime.Options.Store is { } store ? await store.FindTokenOwnerAsync(taskToken, cancellationToken).ConfigureAwait(false) : null;
    }
}
