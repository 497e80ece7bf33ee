using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>One of several flows: a Choice state with a rule for each case.</summary>
internal sealed class SwitchFlowNode(SwitchSubject subject, IReadOnlyList<FlowCase> cases, FlowNode? otherwise) : FlowNode
{
    public SwitchSubject Subject { get; } = subject;

    public IReadOnlyList<FlowCase> Cases { get; } = cases;

    /// <summary>What follows when no case applies; null when the cases are said to be all there are.</summary>
    public FlowNode? Otherwise { get; } = otherwise;

    public override string Label { get; } = subject.Name ?? "Switch";

    public override IEnumerable<FlowNode> Parts => Otherwise is null ? Cases.Select(static one => one.Flow) : Cases.Select(static one => one.Flow).Append(Otherwise);

    public override string ToString() =>
        $"Switch({Subject.Text}){string.Concat(Cases.Select(static one => one.Text is null ? $".Case({one.Flow})" : $".Case({one.Text}, {one.Flow})"))}{(Otherwise is null ? "" : $".Default({Otherwise})")}";

    public SwitchFlowNode With(FlowCase one) => new(Subject, [.. Cases, one], Otherwise);

    public SwitchFlowNode WithDefault(FlowNode flow) => new(Subject, Cases, flow);
}

/// <summary>What a switch decides by.</summary>
/// <param name="Type">The type of the value, or of the payload.</param>
/// <param name="Value">The value, over the payload; null for cases by condition and by type.</param>
/// <param name="Text">The value as it was written; empty otherwise.</param>
/// <param name="Name">The state's name; null for the default.</param>
internal sealed record SwitchSubject(Type Type, LambdaExpression? Value, string Text, string? Name);

/// <summary>One case of a switch. Exactly one of the three says when it applies.</summary>
/// <param name="Flow">What follows.</param>
/// <param name="Text">The case as it was written; null for a case by type.</param>
internal sealed record FlowCase(FlowNode Flow, string? Text)
{
    /// <summary>The value, in an expression of one constant.</summary>
    public Expression? Value { get; init; }

    /// <summary>The condition, over the payload.</summary>
    public LambdaExpression? Condition { get; init; }

    /// <summary>The derived type.</summary>
    public Type? Type { get; init; }
}
