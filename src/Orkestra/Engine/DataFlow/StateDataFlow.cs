using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>
/// From a state's input to its output, in either query language (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html).
/// All executions evaluate states with it, those of TestState too.
/// </summary>
internal static class StateDataFlow
{
    static readonly JsonShape ErrorShape = new(["Error", "Cause"]);

    /// <summary>What the state works on: the input after InputPath, or all of it in JSONata.</summary>
    internal static JsonValue EffectiveInput(Execution execution, Frame frame)
    {
        var path = frame.State.Flow.InputPath;
        var input = path is null ? frame.Input : path.Evaluate(execution.Evaluation.For(frame, frame.Input));
        execution.Observer?.Saw(DataFlowStage.Effective, input);
        return input;
    }

    /// <summary>The output and the variables of a state that ends with a result.</summary>
    /// <param name="execution">The execution, which evaluates the fields.</param>
    /// <param name="frame">The frame at the state.</param>
    /// <param name="result">The result; null, in JSONata only, for a state that has none, whose input then passes.</param>
    /// <param name="output">JSONata: the Output field that counts, the state's own or a choice rule's; null for none.</param>
    /// <param name="assign">The Assign field that counts; null for none.</param>
    internal static StateOutput Complete(Execution execution, Frame frame, JsonValue? result, Template? output, AssignTemplate? assign)
    {
        var flow = frame.State.Flow;
        if (flow.IsJsonata)
        {
            var value = result ?? frame.Input;
            if (output is null && assign is null) return new StateOutput(value, null);
            var at = execution.Evaluation.For(frame, frame.Input, result);
            if (output is not null) value = output.Evaluate(at);
            return new StateOutput(value, assign?.Evaluate(at));
        }

        var selected = Select(execution, frame, result!);
        execution.Observer?.Saw(DataFlowStage.Selected, selected);
        var placed = flow.ResultPath.Place(frame.Input, selected);
        execution.Observer?.Saw(DataFlowStage.Placed, placed);
        return new StateOutput(Filter(execution, frame, placed), assign?.Evaluate(execution.Evaluation.For(frame, result!)));
    }

    /// <summary>The output and the variables of a state whose error is caught.</summary>
    internal static StateOutput Catch(Execution execution, Frame frame, CatcherNode catcher, ExecutionFailure failure)
    {
        // What is discarded is not made.
        var error = catcher.IsDiscarded ? JsonObject.Empty : ErrorOutput(failure, execution.Start.IsMeasured);
        if (frame.State.Flow.IsJsonata)
        {
            var at = execution.Evaluation.For(frame, frame.Input, null, error);
            return new StateOutput(catcher.Output?.Evaluate(at) ?? error, catcher.Assign?.Evaluate(at));
        }

        return new StateOutput(catcher.ResultPath.Place(frame.Input, error), catcher.Assign?.Evaluate(execution.Evaluation.For(frame, error)));
    }

    // JSONPath: the result after ResultSelector.
    static JsonValue Select(Execution execution, Frame frame, JsonValue result) =>
        frame.State.Flow.ResultSelector is { } selector ? selector.Evaluate(execution.Evaluation.For(frame, result)) : result;

    // JSONPath: what OutputPath leaves of the input with the result in it.
    static JsonValue Filter(Execution execution, Frame frame, JsonValue placed) =>
        frame.State.Flow.OutputPath is { } path ? path.Evaluate(execution.Evaluation.For(frame, placed)) : placed;

    /// <summary>What a catcher works on: <c>Error</c> and <c>Cause</c>, null where the failure has none. The cause of a timeout is empty.</summary>
    static JsonObject ErrorOutput(ExecutionFailure failure, bool isMeasured) => JsonObject.Wrap(ErrorShape, [failure.Error, failure.Cause ?? (failure.IsTimeout && isMeasured ? "" : null)]);
}

/// <summary>What a state hands to the next one, and the variables it sets; null for none.</summary>
internal readonly record struct StateOutput(JsonValue Value, JsonObject? Assigned);
