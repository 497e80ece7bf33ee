using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>One flow or another: a Choice state.</summary>
internal sealed class WhenFlowNode(LambdaExpression condition, string text, FlowNode then, FlowNode otherwise, string? name) : FlowNode
{
    public LambdaExpression Condition { get; } = condition;

    public string Text { get; } = text;

    public FlowNode Then { get; } = then;

    public FlowNode Otherwise { get; } = otherwise;

    public override string Label { get; } = name ?? "When";

    public override IEnumerable<FlowNode> Parts => [Then, Otherwise];

    public override string ToString() => Otherwise is IdentityFlowNode ? $"When({Text}, {Then})" : $"When({Text}, {Then}, {Otherwise})";
}
