using Orkestra.Asl;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>
/// Redrive (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html): what failed or was aborted begins again with the same input, what succeeded
/// stays.
/// </summary>
internal static class Redrive
{
    /// <summary>Why an execution cannot be redriven, in AWS's words; null when it can.</summary>
    internal static string? RefusalOf(ExecutionStatus status, StateMachineType type, int historyCount, int maxEvents) => status switch
    {
        ExecutionStatus.Running => "Execution is RUNNING and cannot be redriven",
        ExecutionStatus.Succeeded => "Execution is SUCCEEDED and cannot be redriven",
        _ when type == StateMachineType.Express => "Execution is EXPRESS and cannot be redriven",
        _ when historyCount >= maxEvents - 1 => "Execution history event limit exceeded",
        _ => null,
    };

    /// <summary>Begins every frame of an execution again that did not succeed.</summary>
    /// <param name="execution">The execution, which runs again.</param>
    /// <param name="redriven">The id of the ExecutionRedriven event.</param>
    internal static void Apply(Execution execution, int redriven)
    {
        for (var i = 0; i < execution.Frames.Count; i++) Apply(execution, execution.Frames[i], redriven);
    }

    static void Apply(Execution execution, Frame frame, int redriven)
    {
        frame.HasRetainedBranches = false;
        if (frame.Phase == FramePhase.Free) return;
        if (frame.FanOut is not null && frame.Phase is FramePhase.Joining or FramePhase.Working)
        {
            // Its branches or iterations begin again; it goes on waiting for them.
            frame.Phase = FramePhase.Joining;
            return;
        }

        frame.Generation++;
        frame.RetryCount = 0;
        frame.RetrierCounts = null;
        frame.Last = redriven;
        // One that failed before it knew its items begins again as a whole.
        if (frame.MapRun is { HasItems: false, ReaderArguments: null }) frame.MapRun = null;
        if (frame.MapRun is { } run)
        {
            frame.Phase = FramePhase.Joining;
            run.Redrive(execution.Now);
            frame.Last = execution.Record(HistoryEventType.MapRunRedriven, frame.Last, JsonString.Create(run.Arn), (MapNode)frame.State, run.Redrives);
            execution.MapRuns.GoOn(frame, run);
            return;
        }

        if (frame.Phase != FramePhase.EntryReady) frame.Phase = FramePhase.RetryReady;
        execution.Ready.Add(frame);
    }
}
