namespace Orkestra.Authoring.Nodes;

/// <summary>An end with an error: a Fail state.</summary>
internal sealed class FailFlowNode : FlowNode
{
    public FailFlowNode(string error, string? cause)
    {
        Error = error;
        Cause = cause;
        Label = $"Fail {error}";
    }

    FailFlowNode() => Label = "Rethrow error";

    /// <summary>Ends with the error that is the input: a failure, or an outcome without a value.</summary>
    public static FailFlowNode Rethrow { get; } = new();

    /// <summary>The error's name; null when it is the input's.</summary>
    public string? Error { get; }

    public string? Cause { get; }

    public override string Label { get; }
}
