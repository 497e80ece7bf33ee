using Orkestra.Asl;

namespace Orkestra.Authoring.Nodes;

/// <summary>States that were not authored here but are given as a document, which becomes a part of the flow's.</summary>
/// <param name="label">What to call it.</param>
/// <param name="source">Where the states come from, for those who deploy the flow.</param>
/// <param name="read">Gives the document when the flow is compiled.</param>
internal sealed class DocumentFlowNode(string label, object source, Func<StateMachine> read) : FlowNode
{
    public override string Label => label;

    public object Source { get; } = source;

    public StateMachine Read() => read();
}
