namespace Orkestra.Authoring.Nodes;

/// <summary>An end with an error: a Fail state.</summary>
internal sealed class FailFlowNode(string error, string? cause) : FlowNode
{
    public string Error { get; } = error;

    public string? Cause { get; } = cause;

    public override string Label => $"Fail {Error}";
}
