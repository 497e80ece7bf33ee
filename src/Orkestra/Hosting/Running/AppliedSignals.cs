using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Running;

/// <summary>An execution and the journal of the signals it was given. Used by the execution's pump alone.</summary>
/// <param name="execution">The execution.</param>
/// <param name="journal">Where signals wait to be stored; null without a store.</param>
internal readonly struct AppliedSignals(Execution execution, ExecutionJournal? journal)
{
    /// <summary>Applies a signal and adds it to the journal.</summary>
    /// <returns>Whether it changes anything. One that does not is not stored.</returns>
    internal bool Apply(in ExecutionSignal signal)
    {
        var target = execution.TargetOf(signal);
        if (execution.Ignores(signal, target)) return false;
        if (journal is null) execution.Apply(signal, target);
        else Apply(signal, target, journal);
        return true;
    }

    void Apply(in ExecutionSignal signal, SignalTarget target, ExecutionJournal stored)
    {
        // The first signal of an execution says which definition it belongs to, and later ones which state they are for.
        var named = execution.HasStarted ? signal.For(target.StateName) : signal;
        stored.Add(named);
        execution.Apply(named, target);
    }

    /// <summary>Applies that the engine itself failed, which ends the execution.</summary>
    internal void Fault(Exception problem, RunClock clock) => Apply(new ExecutionSignal(
        ExecutionSignalKind.Faulted, clock.UtcTicks, error: ErrorNames.Runtime, cause: $"The engine could not go on with the execution: {problem.GetType().Name}: {problem.Message}"));

    /// <summary>Applies that time has passed, when something is due.</summary>
    internal bool PassTime(RunClock clock)
    {
        // Most executions wait for no time, and looking at the clock costs as much as a state.
        if (execution.NextDue is not { } due) return false;
        var now = clock.UtcTicks;
        return due <= now && Apply(new ExecutionSignal(ExecutionSignalKind.TimePassed, now));
    }
}
