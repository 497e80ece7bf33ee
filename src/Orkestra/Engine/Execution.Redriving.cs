using Orkestra.Asl;
using Orkestra.Engine.Nodes;

namespace Orkestra.Engine;

// Redrive (https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html): what failed or was given up begins again with the same input, what
// succeeded stays.
internal sealed partial class Execution
{
    /// <summary>Why the execution cannot be redriven, in AWS's words; null when it can.</summary>
    internal string? RedriveRefusal => Status switch
    {
        ExecutionStatus.Running => "Execution is RUNNING and cannot be redriven",
        ExecutionStatus.Succeeded => "Execution is SUCCEEDED and cannot be redriven",
        _ when start.Type == StateMachineType.Express => "Execution is EXPRESS and cannot be redriven",
        _ when history.Count >= maxEvents - 1 => "Execution history event limit exceeded",
        _ => null,
    };

    /// <summary>Which redrive of its Map Run a child execution last took part in.</summary>
    internal int LastMapRunRedrive { get; private set; }

    void Redrive(int mapRunRedrive)
    {
        if (RedriveRefusal is not null) return;
        LastMapRunRedrive = mapRunRedrive;
        // In a replay: what was to be stopped then goes on now.
        commands.Clear();
        Status = ExecutionStatus.Running;
        Failure = null;
        RedriveCount++;
        contextOfExecution = null;
        retries = 0;
        SetDeadline();
        var redriven = Record(HistoryEventType.ExecutionRedriven, history.Count, null, null, RedriveCount);
        if (plan.TimeoutSeconds is { } seconds) Timers.Add(now + Seconds(seconds), null, TimerKind.ExecutionTimeout);
        for (var i = 0; i < frameCount; i++) Redrive(frames[i], redriven);
    }

    void Redrive(Frame frame, int redriven)
    {
        frame.IsBroken = false;
        if (frame.Phase == Phase.Free) return;
        if (frame.FanOut is not null && frame.Phase is Phase.Joining or Phase.Working)
        {
            // Its branches or iterations begin again; it goes on waiting for them.
            frame.Phase = Phase.Joining;
            return;
        }

        frame.Generation++;
        frame.RetryCount = 0;
        frame.RetrierCounts = null;
        frame.Last = redriven;
        if (frame.MapRun is { } run)
        {
            RedriveMapRun(frame, run);
            return;
        }

        if (frame.Phase != Phase.Entering) frame.Phase = Phase.Again;
        Enqueue(frame);
    }

    void RedriveMapRun(Frame frame, MapRun run)
    {
        frame.Phase = Phase.Joining;
        run.Redrives++;
        run.Running = 0;
        run.GoOn(now);
        frame.Last = Record(HistoryEventType.MapRunRedriven, frame.Last, Expressions.Data.JsonString.Create(run.Arn), (MapNode)frame.State, run.Redrives);
        if (run.Results.Length == 0)
        {
            if (run.ReaderArguments is not null) commands.Enqueue(new Command(CommandKind.ReadItems, frame, frame.Generation));
            return;
        }

        foreach (var index in run.FailedChildren)
        {
            run.Results[index] = null;
            run.Endings[index] = null;
        }

        run.Done -= run.FailedChildren.Count;
        run.FailedChildren.Clear();
        run.Failed = 0;
        run.Again = new Queue<int>(Enumerable.Range(0, run.Next).Where(index => run.Results[index] is null));
        for (var running = 0; running < run.Concurrency && StartNextChild(frame, run); running++)
        {
        }
    }
}
