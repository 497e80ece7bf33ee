using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>A Parallel or Map state whose branches or iterations are not run: its fields are evaluated, and the mock says how it ends.</summary>
internal abstract class MockedNode : FallibleNode
{
    readonly StateMock mock;
    readonly JsonValue? result;

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    private protected MockedNode(FallibleNode tested, StateMock mock, JsonValue? result)
        : base(tested.Kind, tested.Name)
    {
        this.mock = mock;
        this.result = result;
        Flow = tested.Flow;
        Next = tested.Next;
        Retriers = tested.Retriers;
        Catchers = tested.Catchers;
    }

    /// <summary>Why the service refuses the request, where only the evaluated fields tell; null when it does not.</summary>
    internal StateTestException? Refusal { get; private protected set; }

    private protected bool HasMockedError => mock.ErrorOutput is not null;

    internal override void Enter(Execution execution, Frame frame)
    {
        if (Evaluate(execution, frame) is { } failure) execution.Fail(frame, failure, fromWithin: true);
        else if (mock.ErrorOutput is { } error) execution.Fail(frame, new ExecutionFailure(error.Error, error.Cause, error.Error == ErrorNames.Runtime), fromWithin: true);
        else execution.Complete(frame, result);
    }

    /// <summary>Evaluates the fields around the branches or iterations; gives the error they lead to whatever the mock says, or null.</summary>
    private protected abstract ExecutionFailure? Evaluate(Execution execution, Frame frame);
}
