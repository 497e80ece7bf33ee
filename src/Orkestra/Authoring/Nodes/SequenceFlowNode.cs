namespace Orkestra.Authoring.Nodes;

/// <summary>One after the other: <c>Next</c>.</summary>
internal sealed class SequenceFlowNode(FlowNode first, FlowNode second) : FlowNode
{
    public FlowNode First { get; } = first;

    public FlowNode Second { get; } = second;

    public override string Label => First is IdentityFlowNode ? Second.Label : First.Label;

    public override IEnumerable<FlowNode> Parts => [First, Second];

    public override string ToString() => First is IdentityFlowNode ? $"{Second}" : $"{First} >> {Second}";

    // `a >> b >> c` nests to the left as deep as the flow is long; this walks it without recursion.
    public IReadOnlyList<FlowNode> Flatten()
    {
        var reversed = new List<FlowNode>();
        var pending = new Stack<FlowNode>([First, Second]);
        while (pending.TryPop(out var node))
        {
            if (node is SequenceFlowNode sequence)
            {
                pending.Push(sequence.First);
                pending.Push(sequence.Second);
            }
            else
            {
                reversed.Add(node);
            }
        }

        reversed.Reverse();
        return reversed;
    }
}
