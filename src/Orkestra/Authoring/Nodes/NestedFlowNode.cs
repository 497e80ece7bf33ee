namespace Orkestra.Authoring.Nodes;

/// <summary>Another workflow: a Task state that starts an execution of it.</summary>
/// <param name="workflow">The workflow, which is compiled on its own.</param>
/// <param name="waits">Whether its end is awaited.</param>
/// <param name="timeout">How long it may take; null for no limit.</param>
internal sealed class NestedFlowNode(Workflow workflow, bool waits, TimeSpan? timeout = null) : FlowNode
{
    public Workflow Workflow { get; } = workflow;

    public bool Waits { get; } = waits;

    public TimeSpan? Timeout { get; } = timeout;

    public override string Label => Workflow.Name;

    public override string ToString() => $"{Workflow.Name}.{(Waits ? "AsStep" : "AsDetachedStep")}()";

    public NestedFlowNode With(TimeSpan limit) => new(Workflow, Waits, limit);
}
