using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>A flow that another one undoes when a later part of its chain fails.</summary>
/// <param name="body">The flow.</param>
/// <param name="compensation">What undoes it.</param>
/// <param name="input">What the compensation is given, over the input and the output of the flow; null for the output.</param>
internal sealed class CompensateFlowNode(FlowNode body, FlowNode compensation, CompensationInput? input) : FlowNode
{
    public FlowNode Body { get; } = body;

    public FlowNode Compensation { get; } = compensation;

    public CompensationInput? Input { get; } = input;

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body, Compensation];

    public override string ToString() => $"{Parenthesised(Body)}.CompensateWith({Input?.Text ?? Compensation.ToString()})";
}

/// <summary>What a compensation is given.</summary>
/// <param name="Parameters">The input and the output of the flow that is undone.</param>
/// <param name="Value">The expression over them.</param>
/// <param name="Text">The compensation as it was written.</param>
internal sealed record CompensationInput(IReadOnlyList<ParameterExpression> Parameters, Expression Value, string Text);
