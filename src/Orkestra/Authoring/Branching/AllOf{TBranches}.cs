using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Branching;

/// <summary>Branches of <c>All(…)</c> that take different payloads; the flow before <c>&gt;&gt;</c> decides whether they fit.</summary>
/// <typeparam name="TBranches">A tuple of the branches' types.</typeparam>
public sealed class AllOf<TBranches>
{
    internal AllOf(FlowNode node) => Node = node;

    internal FlowNode Node { get; }
}
