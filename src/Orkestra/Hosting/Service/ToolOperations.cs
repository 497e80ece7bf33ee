using Orkestra.Engine;
using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Service;

/// <summary>What this project's own tools do with executions, and AWS does not.</summary>
internal static class ToolOperations
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A state machine that begins with a state of its outermost level, with the variables that a run had set when it came to this state last.</summary>
    /// <param name="machine">The state machine.</param>
    /// <param name="state">The state.</param>
    /// <param name="point">Where the run came to the state; null when it did not.</param>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    internal static RegisteredStateMachine StartingAt(RegisteredStateMachine machine, string state, RerunPoint? point)
    {
        var document = machine.Plan.Machine;
        var variables = point?.Variables is { Count: > 0 } set ? set : null;
        return document.States.ContainsKey(state) ? machine with { Plan = ExecutionPlan.Compile(document with { StartAt = state }), Variables = variables }
            : throw new ArgumentException($"The state machine has no state '{state}' at its outermost level. It has: {string.Join(", ", document.States.Select(known => known.Key))}");
    }

    /// <summary>When an execution that only waits is due; null when it works, waits for no time, or has ended.</summary>
    internal static async Task<DateTimeOffset?> FindDueAsync(OrkestraRuntime runtime, string executionArn, CancellationToken cancellationToken)
    {
        if (runtime.Executions.Find(executionArn) is { } pump) return pump.Snapshot is { Status: ExecutionStatus.Running } && pump.DueAtRest is { } due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
        return await runtime.FindRecordAsync(executionArn, cancellationToken).ConfigureAwait(false) is { Status: ExecutionStatus.Running, IsIdle: true } record ? record.NextDue : null;
    }

    /// <summary>
    /// Moves an execution that only waits to the time it waits for: the end of a Wait state, the next attempt of a Retry, or a timeout. To the execution it is as if that time had
    /// passed.
    /// </summary>
    /// <returns>That time.</returns>
    /// <exception cref="InvalidOperationException">The execution has ended, or waits for no time.</exception>
    internal static async Task<DateTimeOffset> SkipWaitAsync(OrkestraRuntime runtime, string executionArn)
    {
        if (await runtime.GetAsync(executionArn, CancellationToken.None).ConfigureAwait(false) is not { Snapshot.Status: ExecutionStatus.Running } pump) throw new InvalidOperationException("The execution has ended");
        if (!pump.IsAtRest) await pump.Publication.WhenAtRest().WaitAsync(Patience, TimeProvider.System).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pump.DueAtRest is not { } due) throw new InvalidOperationException("The execution waits for no time");
        await pump.PostAsync(new ExecutionSignal(ExecutionSignalKind.TimePassed, due)).ConfigureAwait(false);
        return new DateTimeOffset(due, TimeSpan.Zero);
    }
}
