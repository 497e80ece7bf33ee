using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Histories;

namespace Orkestra.Hosting;

/// <summary>
/// What a run had when it came to a state of its outermost level for the last time: a rerun from that state begins with it (<see cref="RegisteredStateMachine.StartingAt"/>). Immutable.
/// </summary>
/// <param name="Input">The input of the state.</param>
/// <param name="Variables">The variables that were set before.</param>
public sealed record RerunPoint(JsonValue Input, JsonObject Variables)
{
    /// <summary>The point at a state; null when the run did not come to it.</summary>
    /// <param name="history">The whole history of the run.</param>
    /// <param name="first">The variables the run itself began with; null for none.</param>
    /// <param name="state">The state.</param>
    internal static RerunPoint? Of(IReadOnlyList<HistoryEvent> history, JsonObject? first, string state)
    {
        var tree = new HistoryTree();
        var variables = first ?? JsonObject.Empty;
        var point = default(RerunPoint);
        foreach (var happened in history)
        {
            // What is assigned inside of a Parallel or Map stays there.
            if (tree.Apply(happened).Visit is not { Depth: 0 } visit) continue;
            if (happened.AssignedVariables is { } assigned)
            {
                foreach (var (name, value) in assigned) variables = variables.With(name, value);
            }
            else if (visit.Name == state && happened.Value is { } input && happened.Type.ToString().EndsWith("StateEntered", StringComparison.Ordinal))
            {
                point = new RerunPoint(input, variables);
            }
        }

        return point;
    }
}
