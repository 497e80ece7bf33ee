using Orkestra.Engine;

namespace Orkestra.Hosting.Running;

/// <summary>Begins executions again that ended without success.</summary>
internal static class Redrives
{
    /// <summary>Begins an execution again where it failed.</summary>
    /// <returns>The execution, once its redrive is stored.</returns>
    /// <exception cref="ArgumentException">There is no such execution any more.</exception>
    /// <exception cref="InvalidOperationException">The execution cannot be redriven.</exception>
    internal static async Task<ExecutionPump> BeginAsync(OrkestraRuntime runtime, ExecutionPump pump)
    {
        var arn = pump.Start.ResolveArn();
        while (true)
        {
            // An execution that ended may have left the memory since, and may have changed in the store: it is made again from there.
            if (runtime.Options.Store is not null) pump = await runtime.Stored.ResumeAsync(arn, CancellationToken.None).ConfigureAwait(false) ?? throw OrkestraRuntime.NoExecution(arn);
            // One that was just brought back may not have come to its end yet, and one whose end is stored may not show it yet.
            if (pump.Snapshot is { Status: not ExecutionStatus.Running } || pump.Publication.IsEnding) await pump.Completion().ConfigureAwait(false);
            // It left the memory when it ended.
            if (!runtime.Executions.TryAdd(arn, pump, out var known) && known != pump)
            {
                pump = known;
                continue;
            }

            try
            {
                await pump.RedriveAsync().ConfigureAwait(false);
                return pump;
            }
            catch (InvalidOperationException)
            {
                if (pump.IsAtRest) runtime.Executions.Ended(pump);
                throw;
            }
        }
    }
}
