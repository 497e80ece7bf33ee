using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Nodes;

/// <summary>A value that is known when the workflow is composed: a Pass state.</summary>
internal sealed class ConstantFlowNode(Func<PayloadSerializer, JsonValue> payload, string text) : FlowNode
{
    public Func<PayloadSerializer, JsonValue> Payload { get; } = payload;

    public override string Label => "Value";

    public override string ToString() => text;
}
