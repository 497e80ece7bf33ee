using Orkestra.Engine.Commands;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>
/// One run through a graph: the machine itself, a branch of a Parallel or an iteration of a Map. It is in one state at a time and remembers what that
/// state needs. Frames are reused within an execution.
/// </summary>
internal sealed class Frame(int slot)
{
    /// <summary>Its place in the execution's table.</summary>
    internal readonly int Slot = slot;

    /// <summary>Rises with everything the frame waits for, so that late answers and timers are told apart from current ones.</summary>
    internal int Generation;

    internal FramePhase Phase;

    /// <summary>Whether the activity of the task under way was offered to workers.</summary>
    internal bool IsOffered;

    /// <summary>Whether an invoker works on the activity of the task under way, and not a worker who has its token.</summary>
    internal bool IsInvoked;

    /// <summary>Whether its branches, iterations or child executions are kept, for a redrive, after the execution ended with one of them.</summary>
    internal bool HasRetainedBranches;

    /// <summary>Whether it waits in the run queue.</summary>
    internal bool IsQueued;

    /// <summary>The frame in whose Parallel or Map this one runs; null for the machine itself.</summary>
    internal Frame? Parent;

    /// <summary>The next frame in a list: of the run queue, or of free frames.</summary>
    internal Frame? NextInList;

    /// <summary>The branches or iterations of the same parent that are under way.</summary>
    internal Frame? PreviousSibling;
    internal Frame? NextSibling;

    /// <summary>The index of the branch or of the iteration.</summary>
    internal int Index;

    /// <summary>The item of an iteration; null otherwise.</summary>
    internal JsonValue? Item;

    internal StateNode State = null!;

    /// <summary>The state's raw input.</summary>
    internal JsonValue Input = JsonValue.Null;

    /// <summary>The input after InputPath, for states that need it later.</summary>
    internal JsonValue Effective = JsonValue.Null;

    internal VariableScope Variables = VariableScope.Empty;

    /// <summary>The id of the last event of this frame: the <c>previousEventId</c> of the next one.</summary>
    internal int Last;

    /// <summary>The id of the event before the state was entered.</summary>
    internal int Before;

    /// <summary>The id of the StateEntered event.</summary>
    internal int Entered;

    /// <summary>When the state was entered, in UTC ticks.</summary>
    internal long EnteredAt;

    /// <summary>How many times the state was tried again.</summary>
    internal int RetryCount;

    /// <summary>How often each retrier was used; null when none was.</summary>
    internal int[]? RetrierCounts;

    /// <summary>The fan-out of a Parallel or Map state; null otherwise.</summary>
    internal FanOut? FanOut;

    /// <summary>What the task under way was given.</summary>
    internal JsonValue Parameters = JsonValue.Null;

    /// <summary>The token of the task under way; null until it is asked for.</summary>
    internal JsonString? Token;

    /// <summary>Time limits and credentials of the task under way; null when it has none.</summary>
    internal TaskLimits? Limits;

    /// <summary>A callback that arrived before the request that hands out its token was answered; null for none.</summary>
    internal EarlyCallback? EarlyCallback;

    /// <summary>When the next heartbeat is due at the latest, in UTC ticks.</summary>
    internal long HeartbeatDue;

    /// <summary>The child executions of a distributed Map; null otherwise.</summary>
    internal MapRun? MapRun;

    /// <summary>
    /// Whether it waits for something that goes on only while the execution is in memory: a task that has neither answered nor accepted its request, a job whose end the
    /// invoker watches, an activity that an invoker works on, child executions, items that are read, or results that are written. A time, a callback or a worker need no memory.
    /// </summary>
    internal bool IsWorkedFor => Phase switch
    {
        FramePhase.AwaitingTask => true,
        FramePhase.AwaitingCallback => IsWatched,
        FramePhase.Joining => MapRun is not null,
        _ => false,
    };

    /// <summary>Whether the invoker of the task under way is called again after a restart although it accepted the request: only it knows the end.</summary>
    internal bool IsWatched => IsInvoked || ((TaskNode)State).Resource.Pattern == TaskPattern.Sync;

    /// <summary>Makes the frame ready for another graph.</summary>
    internal void Begin(StateNode start, JsonValue input, VariableScope variables, int last)
    {
        State = start;
        Input = input;
        Variables = variables;
        Last = last;
        Phase = FramePhase.EntryReady;
    }
}

/// <summary>The result of a callback, or its error.</summary>
internal sealed record EarlyCallback(JsonValue? Result, ExecutionFailure? Failure);
