using Orkestra.Engine.DataFlow;

namespace Orkestra.Engine.Nodes;

/// <summary>A catcher.</summary>
internal sealed class CatcherNode
{
    internal required ErrorMatcher Errors { get; init; }

    /// <summary>The state to go to; set when all states of the graph are known.</summary>
    internal StateNode Next { get; set; } = null!;

    internal ResultPlacement ResultPath { get; init; } = ResultPlacement.Replace;

    /// <summary>Whether nothing looks at the error.</summary>
    internal bool IsDiscarded { get; init; }

    internal Template? Output { get; init; }

    internal AssignTemplate? Assign { get; init; }
}
