using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Runs;

namespace Orkestra.Engine.Nodes;

/// <summary>Wait (https://states-language.net/spec.html#wait-state).</summary>
internal sealed class WaitNode(string name) : StateNode(StateKind.Wait, name)
{
    internal required WaitDelay Delay { get; init; }

    internal override void Enter(Execution execution, Frame frame)
    {
        var input = Flow.IsJsonata ? frame.Input : StateDataFlow.EffectiveInput(execution, frame);
        frame.Effective = input;
        var due = Delay.Due(execution.Evaluation.For(frame, input), execution.Now);
        if (execution.Start.Quotas.WaitTimeScale is not 1 and var scale) due = execution.Now + (long)((due - execution.Now) * scale);
        if (due <= execution.Now)
        {
            Resume(execution, frame);
            return;
        }

        frame.Phase = FramePhase.AwaitingTime;
        execution.Timers.Add(due, frame, TimerKind.Wait);
    }

    internal override void Resume(Execution execution, Frame frame)
    {
        if (Flow.IsJsonata) execution.Complete(frame, null);
        else execution.Complete(frame, frame.Effective);
    }
}
