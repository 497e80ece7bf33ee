using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>A flow that runs again while a condition on its output holds: a Choice state that leads back.</summary>
internal sealed class RepeatFlowNode(FlowNode body, LambdaExpression condition, string text, string? name) : FlowNode
{
    public FlowNode Body { get; } = body;

    public LambdaExpression Condition { get; } = condition;

    public string Text { get; } = text;

    public string ChoiceName { get; } = name ?? $"Repeat {body.Label}";

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body];

    public override string ToString() => $"{Parenthesised(Body)}.RepeatWhile({Text})";
}
