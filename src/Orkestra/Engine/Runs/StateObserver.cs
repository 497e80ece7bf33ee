using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Runs;

/// <summary>Watches the first state of an execution, which does not go on to another one. TestState runs a single state with it.</summary>
internal abstract class StateObserver
{
    /// <summary>The Context Object of the state.</summary>
    internal required JsonObject Context { get; init; }

    /// <summary>How often the retrier that handles an error was used before.</summary>
    internal int RetriesUsed { get; init; }

    /// <summary>A step of the data flow was evaluated.</summary>
    internal abstract void Saw(DataFlowStage stage, JsonValue value);

    /// <summary>A retrier matches the error.</summary>
    /// <param name="retrier">Its index.</param>
    /// <param name="failure">The error.</param>
    /// <param name="delayTicks">How long the execution waits before it tries again; null when the retrier is used up.</param>
    internal abstract void Retried(int retrier, ExecutionFailure failure, long? delayTicks);

    /// <summary>A catcher handles the error.</summary>
    /// <param name="catcher">Its index.</param>
    /// <param name="failure">The error.</param>
    internal abstract void Caught(int catcher, ExecutionFailure failure);

    /// <summary>The state ended.</summary>
    /// <param name="output">Its output.</param>
    /// <param name="next">The state that would follow; null where the graph ends.</param>
    internal abstract void Left(JsonValue output, StateNode? next);
}

/// <summary>The steps of a state's data flow, in their order.</summary>
internal enum DataFlowStage
{
    /// <summary>JSONPath: the input after InputPath.</summary>
    Effective,

    /// <summary>The input after Parameters or Arguments.</summary>
    Arguments,

    /// <summary>The result of the state's work.</summary>
    Result,

    /// <summary>JSONPath: the result after ResultSelector.</summary>
    Selected,

    /// <summary>JSONPath: the input with the result in it.</summary>
    Placed,
}
