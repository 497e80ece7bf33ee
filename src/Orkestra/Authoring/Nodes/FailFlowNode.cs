using System.Linq.Expressions;

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

    public FailFlowNode(LambdaExpression exception, Type type, string text)
    {
        Exception = exception;
        Text = text;
        Label = $"Fail {type.Name}";
    }

    FailFlowNode() => Label = "Rethrow error";

    /// <summary>Ends with the error that is the input: a failure, or an outcome without a value.</summary>
    public static FailFlowNode Rethrow { get; } = new();

    /// <summary>The error's name; null when it is the input's.</summary>
    public string? Error { get; }

    public string? Cause { get; }

    /// <summary>The exception to end with, over the payload; null when <see cref="Error"/> names the error.</summary>
    public LambdaExpression? Exception { get; }

    /// <summary><see cref="Exception"/> as it was written.</summary>
    public string? Text { get; }

    public override string Label { get; }
}
