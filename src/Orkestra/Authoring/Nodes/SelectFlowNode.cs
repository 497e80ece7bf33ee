using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>A C# expression over the payload: a Pass state.</summary>
internal sealed class SelectFlowNode(LambdaExpression selector, string text, string? name) : FlowNode
{
    public LambdaExpression Selector { get; } = selector;

    public string Text { get; } = text;

    public override string Label { get; } = name ?? "Select";

    public override string ToString() => $"Select({Text})";
}
