using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Running;

/// <summary>
/// Starts an execution unless there is one with its name. Unlike StartExecution it does not resume the one there is: that may run in another process, which would lose it to this one.
/// </summary>
internal static class FirstStart
{
    /// <summary>Starts an execution of a registered state machine.</summary>
    /// <returns>The ARN of the execution, and whether it was started now. Its start is stored.</returns>
    /// <exception cref="ArgumentException">The input is too large.</exception>
    /// <exception cref="ExecutionStoreException">The start could not be stored: there is no such execution.</exception>
    internal static async Task<(string Arn, bool IsStarted)> StartAsync(OrkestraRuntime runtime, RegisteredStateMachine machine, JsonValue input, string name)
    {
        var options = machine.OptionsFor(name);
        var start = runtime.StartOf(machine.Plan, input, options);
        var arn = start.ResolveArn();
        var pump = runtime.NewPump(machine.Plan, machine.Invoker ?? runtime.DefaultInvoker, options);
        if (!runtime.Executions.TryAdd(arn, pump, out var known))
        {
            await known.Publication.WhenStarted().ConfigureAwait(false);
            return (arn, false);
        }

        try
        {
            await pump.StartAsync(start).ConfigureAwait(false);
            return (arn, true);
        }
        catch (ExecutionExistsException)
        {
            return (arn, false);
        }
    }
}
