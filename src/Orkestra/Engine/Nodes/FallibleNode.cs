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
}
