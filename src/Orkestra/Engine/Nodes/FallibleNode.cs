using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Nodes;

/// <summary>A state that can be retried and caught.</summary>
internal abstract class FallibleNode : StateNode
{
    private protected FallibleNode(StateKind kind, string name)
        : base(kind, name)
    {
    }

    /// <summary>First match wins.</summary>
    internal RetrierNode[] Retriers { get; set; } = [];

    /// <summary>First match wins.</summary>
    internal CatcherNode[] Catchers { get; set; } = [];

    /// <summary>Ends a state whose branches, iterations or children succeeded; what then fails follows the event of their success.</summary>
    internal static void CompleteAfter(int succeeded, Execution execution, Frame frame, JsonValue result)
    {
        try
        {
            execution.Complete(frame, result);
        }
        catch (Exception problem) when (problem is not HistoryFullException && execution.Start.IsMeasured)
        {
            frame.Last = succeeded;
            throw;
        }
    }
}
