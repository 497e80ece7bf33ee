using System.Diagnostics.CodeAnalysis;
using Orkestra.Engine;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>A Parallel state with a mock.</summary>
[method: SetsRequiredMembers]
internal sealed class MockedParallel(ParallelNode tested, StateMock mock, JsonValue? result) : MockedNode(tested, mock, result)
{
    private protected override ExecutionFailure? Evaluate(Execution execution, Frame frame)
    {
        tested.BranchInput(execution, frame);
        return null;
    }
}
