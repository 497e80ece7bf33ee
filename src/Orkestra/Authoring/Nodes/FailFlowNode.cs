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

    public FailFlowNode(ThrownException exception)
    {
        Exception = exception;
        Label = $"Fail {exception.Type.Name}";
    }

    FailFlowNode() => Label = "Rethrow error";

    /// <summary>Ends with the error that is the input: a failure, or an outcome without a value.</summary>
    public static FailFlowNode Rethrow { get; } = new();

    /// <summary>The error's name; null when it is the input's.</summary>
    public string? Error { get; }

    public string? Cause { get; }

    /// <summary>The exception to end with; null when <see cref="Error"/> names the error.</summary>
    public ThrownException? Exception { get; }

    public override string Label { get; }
}

/// <summary>An exception to end with.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Message">Its message, over the payload; null for none.</param>
/// <param name="Parameters">The payload.</param>
/// <param name="Text">The expression as it was written.</param>
internal sealed record ThrownException(Type Type, Expression? Message, IReadOnlyList<ParameterExpression> Parameters, string Text)
{
    /// <summary>Takes <c>order => new OrderLost("…")</c> apart.</summary>
    /// <exception cref="WorkflowException">It is another expression.</exception>
    public static ThrownException Read(LambdaExpression lambda, string text)
    {
        var body = lambda.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } conversion) body = conversion.Operand;
        if (body is NewExpression { Constructor: { } constructor } create)
        {
            var parameters = constructor.GetParameters();
            var at = Array.FindIndex(parameters, static parameter => parameter.ParameterType == typeof(string) && parameter.Name == "message");
            if (at < 0 && parameters is [{ ParameterType: var only }] && only == typeof(string)) at = 0;
            if (create.Arguments.Where((argument, i) => i != at && argument is not (ConstantExpression or DefaultExpression)).FirstOrDefault() is null)
                return new(body.Type, at < 0 ? null : create.Arguments[at], lambda.Parameters, text);
        }

        throw new WorkflowException($"Flow.Fail takes an expression that creates the exception with its message, as in 'order => new OrderLost($\"…\")', and not '{text}': only the message can depend on the payload.");
    }
}
