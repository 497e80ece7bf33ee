using Orkestra.Asl;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;

namespace Orkestra.Engine.Runs;

/// <summary>A state that fails is retried, is caught, or ends its graph; the Parallel or Map around it then fails in turn.</summary>
internal sealed class ErrorHandling(Execution execution)
{
    int retries;

    /// <summary>The failure of a state whose evaluation threw.</summary>
    internal ExecutionFailure FailureOf(Frame frame, Exception exception)
    {
        var problem = exception switch
        {
            EvaluationException known => known,
            InsufficientExecutionStackException => new EvaluationException(ErrorNames.Runtime, "A value or a template nests too deep."),
            _ => new EvaluationException(ErrorNames.Runtime, $"The engine could not evaluate the state: {exception.GetType().Name}: {exception.Message}"),
        };
        // A state that is tested alone is not named.
        var cause = problem.IsBare || execution.Observer is not null
            ? problem.Message
            : $"An error occurred while executing the state '{frame.State.Name}' (entered at the event id #{frame.Entered}). {problem.Message}";
        return new ExecutionFailure(problem.Error, cause, problem.Error == ErrorNames.Runtime)
        {
            Location = problem.Location,
            IsEvaluation = problem.Error == ErrorNames.QueryEvaluationError,
        };
    }

    /// <summary>A frame's state failed.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="failure">The error.</param>
    /// <param name="fromWithin">Whether a branch, an iteration or a Map Run failed rather than the state's own work.</param>
    internal void Fail(Frame frame, ExecutionFailure failure, bool fromWithin)
    {
        while (true)
        {
            frame.Generation++;
            frame.EarlyCallback = null;
            var state = frame.State;
            if (failure.IsEvaluation && !fromWithin) RecordEvaluationFailed(frame, failure);
            if (state is FallibleNode fallible)
            {
                if (TryRetry(frame, fallible, failure)) return;
                var before = frame.Last;
                if (!IsSilent(failure) && (fromWithin || failure.IsEvaluation || !failure.IsTerminal)) RecordFailed(frame, state, failure);
                if (TryCatch(frame, fallible, before, ref failure)) return;
            }

            if (frame.Parent is null)
            {
                if (!fromWithin) frame.Phase = FramePhase.FailedRetained;
                execution.EndFailed(frame.Last, failure);
                return;
            }

            // What a redrive needs is kept when nothing further out will handle the failure.
            var isKept = IsFatal(execution, frame.Parent, failure);
            if (isKept && !fromWithin) frame.Phase = FramePhase.FailedRetained;
            frame = execution.Branches.Abandon(frame, IsSilent(failure), isKept);
            fromWithin = true;
        }
    }

    /// <summary>Whether neither a frame's state nor any around it retries or catches a failure.</summary>
    internal static bool IsFatal(Execution execution, Frame frame, ExecutionFailure failure)
    {
        if (failure.IsTerminal) return true;
        for (var around = frame; around is not null; around = around.Parent)
        {
            var state = (FallibleNode)around.State;
            for (var i = 0; i < state.Retriers.Length; i++)
            {
                if (state.Retriers[i].Errors.Matches(failure, execution.Start.IsMeasured) && (around.RetrierCounts?[i] ?? 0) < state.Retriers[i].MaxAttempts) return false;
            }

            foreach (var catcher in state.Catchers)
            {
                if (catcher.Errors.Matches(failure, execution.Start.IsMeasured)) return false;
            }
        }

        return true;
    }

    /// <summary>Whether a failure leaves no trace but the end of the execution.</summary>
    internal bool IsSilent(ExecutionFailure failure) => failure.IsTerminal && execution.Start.IsMeasured;

    /// <summary>A redrive gives every state its retries back.</summary>
    internal void ForgetRetries() => retries = 0;

    void RecordEvaluationFailed(Frame frame, ExecutionFailure failure)
    {
        // AWS points past the StateEntered event, except in a Wait state.
        var previous = frame.Last == frame.Entered && frame.State.Kind != StateKind.Wait ? frame.Before : frame.Last;
        frame.Last = execution.Record(HistoryEventType.EvaluationFailed, previous, failure, frame.State);
    }

    void RecordFailed(Frame frame, StateNode state, ExecutionFailure failure)
    {
        if (state.Kind == StateKind.Map) frame.Last = execution.Record(HistoryEventType.MapStateFailed, frame.Last, failure, state);
        else if (state.Kind == StateKind.Parallel) frame.Last = execution.Record(HistoryEventType.ParallelStateFailed, frame.Last, failure, state);
    }

    bool TryRetry(Frame frame, FallibleNode state, ExecutionFailure failure)
    {
        var retriers = state.Retriers;
        for (var i = 0; i < retriers.Length; i++)
        {
            var retrier = retriers[i];
            if (!retrier.Errors.Matches(failure, execution.Start.IsMeasured)) continue;
            var used = frame.RetrierCounts?[i] ?? execution.Observer?.RetriesUsed ?? 0;
            if (used >= retrier.MaxAttempts)
            {
                execution.Observer?.Retried(i, failure, null);
                return false;
            }

            // Some failures leave no trace in the history: retrying has to end all the same.
            if (++retries > execution.MaxEvents) throw new HistoryFullException();
            (frame.RetrierCounts ??= new int[retriers.Length])[i]++;
            frame.RetryCount++;
            frame.Phase = FramePhase.AwaitingRetry;
            var delay = retrier.DelayTicks(used, ref execution.Random);
            execution.Timers.Add(execution.Now + delay, frame, TimerKind.Retry);
            execution.Observer?.Retried(i, failure, delay);
            return true;
        }

        return false;
    }

    bool TryCatch(Frame frame, FallibleNode state, int before, ref ExecutionFailure failure)
    {
        for (var i = 0; i < state.Catchers.Length; i++)
        {
            var catcher = state.Catchers[i];
            if (!catcher.Errors.Matches(failure, execution.Start.IsMeasured)) continue;
            StateOutput output;
            try
            {
                output = StateDataFlow.Catch(execution, frame, catcher, failure);
            }
#pragma warning disable CA1031 // Whatever an evaluation throws is the failure of its state.
            catch (Exception problem) when (problem is not HistoryFullException)
#pragma warning restore CA1031
            {
                // An error while catching is not caught by the same state again.
                failure = FailureOf(frame, problem);
                if (!failure.IsEvaluation) return false;
                // AWS records it in place of the failure, and fails the state once more.
                if (execution.Start.IsMeasured) frame.Last = before;
                RecordEvaluationFailed(frame, failure);
                if (execution.Start.IsMeasured) RecordFailed(frame, state, failure);
                return false;
            }

            execution.Observer?.Caught(i, failure);
            execution.Exit(frame, output, catcher.Next);
            if (frame.Phase is FramePhase.EntryReady or FramePhase.RetryReady) execution.Ready.Add(frame);
            return true;
        }

        return false;
    }
}
