namespace Orkestra.Authoring.Nodes;

/// <summary>A step: a Task state.</summary>
internal sealed class StepFlowNode(IStep step) : FlowNode
{
    public IStep Step { get; } = step;

    public override string Label => Step.Metadata.Name;
}
