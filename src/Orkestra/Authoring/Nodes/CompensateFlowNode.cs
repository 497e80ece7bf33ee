using System.Linq.Expressions;
using Orkestra.Authoring.Queries;

namespace Orkestra.Authoring.Nodes;

/// <summary>A flow that another one undoes when a later part of its chain fails.</summary>
/// <param name="body">The flow.</param>
/// <param name="undoing">What undoes it.</param>
internal sealed class CompensateFlowNode(FlowNode body, Unread<Compensation> undoing) : FlowNode
{
    public FlowNode Body { get; } = body;

    public FlowNode Compensation => undoing.Value.Flow;

    public CompensationInput? Input => undoing.Value.Input;

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body, Compensation];

    public override IEnumerable<FlowNode> KnownParts => undoing.IsRead ? Parts : [Body];

    public override bool IsPartial => !undoing.IsRead;

    public override string ToString() => $"{Parenthesised(Body)}.CompensateWith({Input?.Text ?? Compensation.ToString()})";
}

/// <summary>What undoes a flow.</summary>
/// <param name="Flow">The flow that undoes it.</param>
/// <param name="Input">What the compensation is given, over the input and the output of the flow; null for the output.</param>
internal sealed record Compensation(FlowNode Flow, CompensationInput? Input);

/// <summary>What a compensation is given.</summary>
/// <param name="Parameters">The input and the output of the flow that is undone.</param>
/// <param name="Value">The expression over them.</param>
/// <param name="Text">The compensation as it was written.</param>
internal sealed record CompensationInput(IReadOnlyList<ParameterExpression> Parameters, Expression Value, string Text);
