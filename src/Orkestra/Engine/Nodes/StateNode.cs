using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Runs;

namespace Orkestra.Engine.Nodes;

/// <summary>
/// A state made ready to run: names resolved, expressions compiled. Immutable and shared by all executions. What a state does is in its node; what it
/// needs to remember is in the <see cref="Frame"/>.
/// </summary>
internal abstract class StateNode
{
    private protected StateNode(StateKind kind, string name)
    {
        Kind = kind;
        Name = name;
        (EnteredType, ExitedType, AbortedType) = kind switch
        {
            StateKind.Pass => (HistoryEventType.PassStateEntered, HistoryEventType.PassStateExited, default(HistoryEventType?)),
            StateKind.Task => (HistoryEventType.TaskStateEntered, HistoryEventType.TaskStateExited, HistoryEventType.TaskStateAborted),
            StateKind.Choice => (HistoryEventType.ChoiceStateEntered, HistoryEventType.ChoiceStateExited, null),
            StateKind.Wait => (HistoryEventType.WaitStateEntered, HistoryEventType.WaitStateExited, HistoryEventType.WaitStateAborted),
            StateKind.Succeed => (HistoryEventType.SucceedStateEntered, HistoryEventType.SucceedStateExited, null),
            StateKind.Fail => (HistoryEventType.FailStateEntered, HistoryEventType.FailStateEntered, null),
            StateKind.Parallel => (HistoryEventType.ParallelStateEntered, HistoryEventType.ParallelStateExited, HistoryEventType.ParallelStateAborted),
            _ => (HistoryEventType.MapStateEntered, HistoryEventType.MapStateExited, HistoryEventType.MapStateAborted),
        };
    }

    internal StateKind Kind { get; }

    internal string Name { get; }

    internal HistoryEventType EnteredType { get; }

    internal HistoryEventType ExitedType { get; }

    internal HistoryEventType? AbortedType { get; }

    /// <summary>The state that follows; null where the graph ends.</summary>
    internal StateNode? Next { get; set; }

    /// <summary>What becomes of the state's input and result.</summary>
    internal required StateFlow Flow
    {
        get;
        init
        {
            field = value;
            PassesResult = value.IsPlain && !value.IsJsonata;
        }
    }

    /// <summary>Whether its result is its output, and no variable is set. Kept, as each visit asks for it.</summary>
    internal bool PassesResult { get; private init; }

    /// <summary>Does the state's work, or begins it: the frame has just recorded the StateEntered event.</summary>
    internal abstract void Enter(Execution execution, Frame frame);

    /// <summary>Goes on after what the state waited for: the time of a Wait, all branches of a Parallel, all iterations of a Map.</summary>
    internal virtual void Resume(Execution execution, Frame frame) =>
        throw new InvalidOperationException($"The state '{Name}' waits for nothing.");

    /// <summary>The name, for a debugger.</summary>
    public override string ToString() => $"{Kind} {Name}";
}
