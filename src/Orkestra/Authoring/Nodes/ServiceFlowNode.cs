using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>A call of a service: a Task state with arguments and without a function.</summary>
/// <param name="action">The action with its pattern, such as <c>dynamodb:putItem</c> or <c>ecs:runTask.sync</c>, or the whole ARN.</param>
/// <param name="arguments">The arguments.</param>
/// <param name="answer">What the action answers.</param>
/// <param name="name">The state's name; made of the action when null.</param>
internal sealed class ServiceFlowNode(string action, Lazy<CallArguments> arguments, Type answer, string? name) : FlowNode
{
    public string Action { get; } = action;

    /// <summary>The arguments, over the parameters.</summary>
    public Expression Arguments => arguments.Value.Body;

    /// <summary>The payload, and the task token where there are two.</summary>
    public IReadOnlyList<ParameterExpression> Parameters => arguments.Value.Parameters;

    /// <summary>Whether the arguments hand out the task's token.</summary>
    public bool IsCallback => Parameters.Count == 2;

    /// <summary>The type of what the action answers, or, with a token, of what is sent back with it.</summary>
    public Type Answer { get; } = answer;

    /// <summary>From the answer to the output; null when the output is the answer.</summary>
    public LambdaExpression? Result { get; init; }

    /// <summary>Whether the output is the input.</summary>
    public bool PassesInput { get; init; }

    /// <summary>The role to take for the call; the state machine's own when null.</summary>
    public string? RoleArn { get; init; }

    /// <summary>Whether the members of anonymous objects in the arguments are named as they are written, as parameters of the action are, instead of as in payloads.</summary>
    public bool NamesAsWritten { get; init; } = true;

    public override string Label { get; } = name ?? LabelOf(action);

    public ServiceFlowNode With(LambdaExpression? result = null, bool passesInput = false, string? roleArn = null) => new(Action, arguments, Answer, Label)
    {
        Result = result ?? Result,
        PassesInput = passesInput || PassesInput,
        RoleArn = roleArn ?? RoleArn,
        NamesAsWritten = NamesAsWritten,
    };

    public override string ToString() => $"Aws.Step(\"{Action}\")";

    // dynamodb:putItem is PutItem, ecs:runTask.sync is RunTask.
    static string LabelOf(string action)
    {
        var call = action[(action.LastIndexOf(':') + 1)..];
        if (call == "2") return LabelOf(action[..action.LastIndexOf(':')]);
        var dot = call.IndexOf('.', StringComparison.Ordinal);
        if (dot > 0) call = call[..dot];
        return call.Length == 0 ? "Service" : $"{char.ToUpperInvariant(call[0])}{call[1..]}";
    }
}

/// <summary>What a call of a service is given.</summary>
/// <param name="Body">The arguments, over the parameters.</param>
/// <param name="Parameters">The payload, and the task token where there are two.</param>
internal sealed record CallArguments(Expression Body, IReadOnlyList<ParameterExpression> Parameters);
