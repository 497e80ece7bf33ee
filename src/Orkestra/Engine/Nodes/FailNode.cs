using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Nodes;

/// <summary>Fail (https://states-language.net/spec.html#fail-state).</summary>
internal sealed class FailNode(string name) : StateNode(StateKind.Fail, name)
{
    internal Template? Error { get; init; }

    internal Template? Cause { get; init; }

    internal override void Enter(Execution execution, Frame frame) =>
        execution.Fail(frame, FailureOf(execution.Evaluation.For(frame, frame.Input)));

    /// <summary>The error the state ends with.</summary>
    internal ExecutionFailure FailureOf(Evaluation at)
    {
        var error = Text(Error?.Evaluate(at));
        var cause = Text(Cause?.Evaluate(at));
        return new ExecutionFailure(error, cause);
    }

    static string? Text(JsonValue? value) => value switch
    {
        null => null,
        JsonString text => text.Value,
        _ => value.ToJson(),
    };
}
