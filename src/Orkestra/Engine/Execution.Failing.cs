using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// Errors: a state that fails is tried again, is caught, or ends its graph; the Parallel or Map around then fails in turn.
internal sealed partial class Execution
{
    internal static Failure ToFailure(Frame frame, Exception exception)
    {
        var problem = exception as EvaluationException ?? new EvaluationException(ErrorNames.Runtime, "A value or a template nests too deep.");
        var cause = problem.IsBare
            ? problem.Message
            : $"An error occurred while executing the state '{frame.State.Name}' (entered at the event id #{frame.Entered}). {problem.Message}";
        return new Failure(problem.Error, cause, problem.Error == ErrorNames.Runtime)
        {
            Location = problem.Location,
            IsEvaluation = problem.Error == ErrorNames.QueryEvaluationError,
        };
    }

    /// <summary>A frame's state failed.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="failure">The error.</param>
    /// <param name="fromWithin">Whether a branch, an iteration or a Map Run failed rather than the state's own work.</param>
    internal void Fail(Frame frame, Failure failure, bool fromWithin = false)
    {
        while (true)
        {
            frame.Generation++;
            var state = frame.State;
            if (failure.IsEvaluation && !fromWithin) RecordEvaluationFailed(frame, failure);
            if (state is FallibleNode fallible)
            {
                if (TryRetry(frame, fallible, failure)) return;
                if (fromWithin || failure.IsEvaluation || !failure.IsTerminal) RecordFailed(frame, state, failure);
                if (TryCatch(frame, fallible, ref failure)) return;
            }

            if (frame.Parent is null)
            {
                if (!fromWithin) frame.Phase = Phase.Broken;
                Failure = failure;
                End(ExecutionStatus.Failed, HistoryEventType.ExecutionFailed, frame.Last, failure);
                return;
            }

            // What a redrive needs is kept when nothing further out will handle the failure.
            var isKept = IsFatal(frame.Parent, failure);
            if (isKept && !fromWithin) frame.Phase = Phase.Broken;
            frame = Abandon(frame, isKept);
            fromWithin = true;
        }
    }

    /// <summary>Whether neither a frame's state nor any around it retries or catches a failure.</summary>
    static bool IsFatal(Frame frame, Failure failure)
    {
        if (failure.IsTerminal) return true;
        for (var around = frame; around is not null; around = around.Parent)
        {
            var state = (FallibleNode)around.State;
            for (var i = 0; i < state.Retriers.Length; i++)
            {
                if (state.Retriers[i].Errors.Matches(failure) && (around.RetrierCounts?[i] ?? 0) < state.Retriers[i].MaxAttempts) return false;
            }

            foreach (var catcher in state.Catchers)
            {
                if (catcher.Errors.Matches(failure)) return false;
            }
        }

        return true;
    }

    void RecordEvaluationFailed(Frame frame, Failure failure)
    {
        // AWS points past the StateEntered event, except in a Wait state.
        var previous = frame.Last == frame.Entered && frame.State.Kind != StateKind.Wait ? frame.Before : frame.Last;
        frame.Last = Record(HistoryEventType.EvaluationFailed, previous, failure, frame.State);
    }

    void RecordFailed(Frame frame, StateNode state, Failure failure)
    {
        if (state.Kind == StateKind.Map) frame.Last = Record(HistoryEventType.MapStateFailed, frame.Last, failure, state);
        else if (state.Kind == StateKind.Parallel) frame.Last = Record(HistoryEventType.ParallelStateFailed, frame.Last, failure, state);
    }

    bool TryRetry(Frame frame, FallibleNode state, Failure failure)
    {
        var retriers = state.Retriers;
        for (var i = 0; i < retriers.Length; i++)
        {
            var retrier = retriers[i];
            if (!retrier.Errors.Matches(failure)) continue;
            var used = frame.RetrierCounts?[i] ?? 0;
            if (used >= retrier.MaxAttempts) return false;
            // Some failures leave no trace in the history: trying again has to end all the same.
            if (++retries > maxEvents) throw new HistoryFullException();
            (frame.RetrierCounts ??= new int[retriers.Length])[i]++;
            frame.RetryCount++;
            frame.Phase = Phase.Retrying;
            Timers.Add(now + retrier.DelayTicks(used, ref random), frame, TimerKind.Retry);
            return true;
        }

        return false;
    }

    bool TryCatch(Frame frame, FallibleNode state, ref Failure failure)
    {
        foreach (var catcher in state.Catchers)
        {
            if (!catcher.Errors.Matches(failure)) continue;
            // What is discarded is not even made.
            var error = catcher.IsDiscarded ? JsonObject.Empty : ErrorOutput(failure);
            JsonValue output;
            JsonObject? assigned;
            try
            {
                if (state.Flow.IsJsonata)
                {
                    var at = Evaluation.For(frame, frame.Input, null, error);
                    output = catcher.Output?.Evaluate(at) ?? error;
                    assigned = catcher.Assign?.Evaluate(at);
                }
                else
                {
                    output = catcher.ResultPath.Place(frame.Input, error);
                    assigned = catcher.Assign?.Evaluate(Evaluation.For(frame, error));
                }
            }
            catch (Exception problem) when (problem is EvaluationException or InsufficientExecutionStackException)
            {
                // An error while catching is not caught by the same state again.
                failure = ToFailure(frame, problem);
                if (failure.IsEvaluation) RecordEvaluationFailed(frame, failure);
                return false;
            }

            Exit(frame, output, assigned, catcher.Next);
            GoOn(frame);
            return true;
        }

        return false;
    }

    /// <summary>Puts a frame that can go on into the run queue.</summary>
    void GoOn(Frame frame)
    {
        if (frame.Phase is Phase.Entering or Phase.Again) Enqueue(frame);
    }

    /// <summary>The output of a state that is caught: <c>Error</c> and <c>Cause</c>, null where the failure has none.</summary>
    internal static JsonObject ErrorOutput(Failure failure) => new(
        ErrorShape, [failure.Error, failure.Cause]);

    static readonly JsonShape ErrorShape = new(["Error", "Cause"]);

    void Stop(string? error, string? cause)
    {
        Failure = new Failure(error, cause, terminal: true);
        End(ExecutionStatus.Aborted, HistoryEventType.ExecutionAborted, 0, Failure);
    }

    void TimeOut()
    {
        Failure = new Failure(null, null, terminal: true);
        End(ExecutionStatus.TimedOut, HistoryEventType.ExecutionTimedOut, 0, Failure);
    }

    void TimePassed()
    {
        while (!HasEnded && timers is not null && timers.TryTake(now, out var timer))
        {
            var frame = timer.Frame;
            switch (timer.Kind)
            {
                case TimerKind.ExecutionTimeout:
                    TimeOut();
                    return;
                case TimerKind.Wait:
                    frame!.Generation++;
                    frame.Phase = Phase.Joined;
                    Enqueue(frame);
                    break;
                case TimerKind.Retry:
                    frame!.Generation++;
                    frame.Phase = Phase.Again;
                    Enqueue(frame);
                    break;
                case TimerKind.TaskTimeout:
                    TaskTimedOut(frame!, heartbeat: false);
                    break;
                default:
                    if (frame!.HeartbeatDue > now) Timers.Add(frame.HeartbeatDue, frame, TimerKind.Heartbeat);
                    else TaskTimedOut(frame, heartbeat: true);
                    break;
            }
        }
    }
}
