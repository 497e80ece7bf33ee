using Orkestra.Engine;
using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Running;

/// <summary>Makes an execution again from its stored signals, and makes sure that they belong to it.</summary>
internal static class Replay
{
    /// <summary>Applies stored signals, and keeps of what the execution wants done only what was not answered.</summary>
    /// <param name="execution">A new execution with the definition that is to be resumed.</param>
    /// <param name="signals">The signals, oldest first.</param>
    /// <param name="dropsHistory">Whether a store keeps the history, so that it need not stay in memory.</param>
    /// <exception cref="ExecutionReplayException">The signals are not those of an execution of the definition.</exception>
    internal static void Apply(Execution execution, IReadOnlyList<ExecutionSignal> signals, bool dropsHistory)
    {
        if (signals.Count == 0 || signals[0].Start is not { } start)
            throw new ExecutionReplayException($"The first signal of an execution must be '{ExecutionSignalKind.Started}'{(signals.Count == 0 ? ", but there are no signals" : $", but it is '{signals[0].Kind}'")}.");
        if (start.DefinitionHash is { } hash && start.Parent is null && hash != execution.Plan.DefinitionHash)
        {
            throw new ExecutionReplayException(
                $"The execution '{start.ResolveArn()}' was started with the definition {hash} and cannot go on with the definition {execution.Plan.DefinitionHash}. Resume it with the definition it was started with.");
        }

        var limit = 1_000;
        for (var i = 0; i < signals.Count; i++)
        {
            Check(execution, signals[i], i);
            try
            {
                execution.Apply(signals[i]);
            }
#pragma warning disable CA1031 // Stored signals may be damaged in any way.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                throw new ExecutionReplayException($"The signal {i} ({signals[i]}) of the execution '{start.ResolveArn()}' cannot be applied: {problem.Message}", problem);
            }

            // What was done already does not pile up.
            if (execution.CommandCount <= limit) continue;
            execution.Commands.DropAnswered(execution);
            limit = Math.Max(1_000, execution.CommandCount * 2);
            if (dropsHistory) execution.History.DropBefore(execution.History.Count);
        }

        if (execution.CommandCount > 0) execution.Commands.DropAnswered(execution);
    }

    // A stored signal answered a command of the execution, or it would not have been stored.
    static void Check(Execution execution, in ExecutionSignal signal, int index)
    {
        if (index == 0) return;
        if (execution.Ignores(signal))
        {
            throw new ExecutionReplayException(
                $"The signal {index} ({signal}) of the execution '{execution.Arn}' does not fit: nothing in its definition waits for it at that point. The definition or the stored signals were changed.");
        }

        if (signal.StateName is { } stored && execution.StateAwaiting(signal) is { } waiting && waiting != stored)
        {
            throw new ExecutionReplayException(
                $"The signal {index} of the execution '{execution.Arn}' was stored for the state '{stored}', but in its definition the state '{waiting}' waits for it. The definition was changed.");
        }
    }
}
