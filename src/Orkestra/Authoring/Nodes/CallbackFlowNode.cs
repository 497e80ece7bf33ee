namespace Orkestra.Authoring.Nodes;

/// <summary>A step that hands out the token of its task, whose reply is the output.</summary>
internal sealed class CallbackFlowNode(StepFlowNode step, Type reply, TimeSpan? timeout, TimeSpan? heartbeat) : FlowNode
{
    public IStep Step => step.Step;

    /// <summary>The type of the reply.</summary>
    public Type Reply { get; } = reply;

    public TimeSpan? Timeout { get; } = timeout;

    public TimeSpan? Heartbeat { get; } = heartbeat;

    public override string Label => step.Label;

    public override IEnumerable<FlowNode> Parts => [step];

    public override string ToString() => $"{step}.WaitForCallback<{TypeName.Of(Reply)}>()";
}
