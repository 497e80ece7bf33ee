using System.Linq.Expressions;
using Orkestra.Authoring.Queries;

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
internal sealed class ThrownException
{
    readonly Unread<ThrownMessage> message;

    /// <summary>Takes <c>order => new OrderLost("…")</c> apart.</summary>
    /// <exception cref="WorkflowException">It is another expression.</exception>
    public ThrownException(LambdaExpression lambda, string text)
    {
        var body = lambda.Body;
        while (body is UnaryExpression { NodeType: ExpressionType.Convert } conversion) body = conversion.Operand;
        Type = body.Type;
        Parameters = lambda.Parameters;
        Text = text;
        message = new(() => Read(body as NewExpression) ?? throw new WorkflowException(
            $"Flow.Fail takes an expression that creates the exception with its message, as in 'order => new OrderLost($\"…\")', and not '{text}': only the message can depend on the payload."));
    }

    /// <summary>Its type.</summary>
    public Type Type { get; }

    /// <summary>Its message, over the payload; null for none.</summary>
    public Expression? Message => message.Value.Text;

    /// <summary>The payload.</summary>
    public IReadOnlyList<ParameterExpression> Parameters { get; }

    /// <summary>The expression as it was written.</summary>
    public string Text { get; }

    static ThrownMessage? Read(NewExpression? create)
    {
        if (create?.Constructor is not { } constructor) return null;
        var parameters = constructor.GetParameters();
        var at = Array.FindIndex(parameters, static parameter => parameter.ParameterType == typeof(string) && parameter.Name == "message");
        if (at < 0 && parameters is [{ ParameterType: var only }] && only == typeof(string)) at = 0;
        if (create.Arguments.Where((argument, i) => i != at && argument is not (ConstantExpression or DefaultExpression)).FirstOrDefault() is not null) return null;
        return new(at < 0 ? null : create.Arguments[at]);
    }

    sealed record ThrownMessage(Expression? Text);
}
