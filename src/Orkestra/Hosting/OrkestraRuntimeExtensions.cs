using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting;

/// <summary>What hosts and tools of a runtime do beyond the actions of AWS. Safe to use from any thread.</summary>
public static class OrkestraRuntimeExtensions
{
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
}
