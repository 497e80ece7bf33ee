using Orkestra.Engine;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>Keeps what a tested state made of its data, and how it ended.</summary>
internal sealed class StateTrace(StateNode state, InspectionData seen) : StateObserver
{
    /// <summary>Whether the state ended with an output.</summary>
    internal bool HasLeft => Output is not null;

    /// <summary>Whether the state is to be tried again.</summary>
    internal bool IsRetried { get; private set; }

    /// <summary>The error that was caught or is retried; null for none.</summary>
    internal ExecutionFailure? Handled { get; private set; }

    internal JsonValue? Output { get; private set; }

    internal string? NextState { get; private set; }

    // The service shows no filters of states that do no work, and of Pass and Parallel only some.
    bool ShowsInputPath => state is { Kind: not StateKind.Parallel } and not PassNode { Result: not null };

    bool ShowsResultFilters => state is FallibleNode or PassNode;

    internal override void Saw(DataFlowStage stage, JsonValue value)
    {
        switch (stage)
        {
            case DataFlowStage.Effective when ShowsInputPath:
                seen.AfterInputPath = value;
                break;
            case DataFlowStage.Arguments when state.Flow.IsJsonata:
                seen.AfterArguments = value;
                break;
            case DataFlowStage.Arguments:
                seen.AfterParameters = value;
                break;
            case DataFlowStage.Result:
                seen.Result = value;
                break;
            case DataFlowStage.Selected when ShowsResultFilters:
                seen.AfterResultSelector = value;
                break;
            case DataFlowStage.Placed when ShowsResultFilters:
                seen.AfterResultPath = value;
                break;
            default:
                break;
        }
    }

    internal override void Retried(int retrier, ExecutionFailure failure, long? delayTicks)
    {
        seen.ErrorDetails = new InspectionErrorDetails { RetryIndex = retrier, RetryBackoffIntervalSeconds = delayTicks / TimeSpan.TicksPerSecond };
        IsRetried = delayTicks is not null;
        Handled = IsRetried ? failure : null;
    }

    internal override void Caught(int catcher, ExecutionFailure failure)
    {
        seen.ErrorDetails = (seen.ErrorDetails ?? new InspectionErrorDetails()) with { CatchIndex = catcher };
        Handled = failure;
    }

    internal override void Left(JsonValue output, StateNode? next)
    {
        Output = output;
        NextState = next?.Name;
    }
}
