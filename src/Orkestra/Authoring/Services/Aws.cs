using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Services;

/// <summary>
/// Calls actions of services without a function (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-services.html):
/// <code>
/// static ServiceStep&lt;Order, Sent&gt; Notify => Aws.Step&lt;Order, Sent&gt;("sqs:sendMessage", order => new { QueueUrl = "${OrdersQueue}", MessageBody = order });
/// </code>
/// The arguments are a C# expression over the payload. Where it is an anonymous object, its members are the action's parameters, named as written; constants stand in the document
/// as they are, and everything else becomes JSONata. <c>${Name}</c> in a text is a placeholder that the deployment fills in. When the workflow is compiled, the action and its required
/// parameters are checked.
/// </summary>
/// <remarks>
/// Declare calls as properties (<c>=></c>) or compose them in <c>Define()</c>: a field would make the expression whenever a deployed function of the workflow starts.
/// </remarks>
public static class Aws
{
    /// <summary>Calls an action and goes on with its answer, or, where the action ends in <c>.sync</c>, with the job when it has ended.</summary>
    /// <typeparam name="TIn">The payload it takes.</typeparam>
    /// <typeparam name="TOut">
    /// What the action answers. Services name members in PascalCase, so a type of your own names them with <c>[JsonPropertyName("MessageId")]</c>; a name that the answer does not have is an
    /// error when the workflow is compiled.
    /// </typeparam>
    /// <param name="action">
    /// An action of an optimized integration, such as <c>dynamodb:putItem</c>, with <c>.sync</c> or <c>.sync:2</c> to wait for the job (<c>ecs:runTask.sync</c>); or any action of the AWS
    /// SDK, such as <c>aws-sdk:s3:getObject</c>. The whole ARN is accepted too.
    /// </param>
    /// <param name="arguments">A C# expression for the action's parameters.</param>
    /// <param name="name">The state's name; by default that of the member that declares the call, or of the action for a call composed in <c>Define()</c>.</param>
    /// <exception cref="ArgumentException">The action is empty, or asks for a token.</exception>
    public static ServiceStep<TIn, TOut> Step<TIn, TOut>(string action, Expression<Func<TIn, object?>> arguments, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        ArgumentNullException.ThrowIfNull(arguments);
        if (action.EndsWith(Token, StringComparison.Ordinal))
            throw new ArgumentException($"'{action}' waits for a task token: use {nameof(Aws)}.{nameof(Callback)}, whose arguments have it.", nameof(action));
        return Make<TIn, TOut>(action, arguments, name);
    }

    /// <summary>
    /// Calls an action, hands out the task's token in its arguments, and goes on with what is sent back with the token (SendTaskSuccess). Give it a <c>Timeout</c>: without one it waits for a
    /// year.
    /// </summary>
    /// <typeparam name="TIn">The payload it takes.</typeparam>
    /// <typeparam name="TReply">What is sent back.</typeparam>
    /// <param name="action">The action, such as <c>sqs:sendMessage</c> or <c>aws-sdk:ses:sendEmail</c>; <c>.waitForTaskToken</c> is added.</param>
    /// <param name="arguments">A C# expression for the action's parameters, over the payload and the token. It must use the token.</param>
    /// <param name="name">The state's name; by default that of the member that declares the call, or of the action for a call composed in <c>Define()</c>.</param>
    /// <exception cref="ArgumentException">The action is empty, or has another pattern.</exception>
    public static ServiceStep<TIn, TReply> Callback<TIn, TReply>(string action, Expression<Func<TIn, string, object?>> arguments, [CallerMemberName] string name = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(action);
        ArgumentNullException.ThrowIfNull(arguments);
        if (action.Contains(".sync", StringComparison.Ordinal)) throw new ArgumentException($"'{action}' waits for a job, and a callback waits for a token: leave .sync out.", nameof(action));
        return Make<TIn, TReply>(action.EndsWith(Token, StringComparison.Ordinal) ? action : action + Token, arguments, name);
    }

    internal const string Token = ".waitForTaskToken";

    internal static ServiceStep<TIn, TOut> Make<TIn, TOut>(string action, ServiceArguments arguments, string name, bool namesAsWritten = false) =>
        new(new ServiceFlowNode(action, new(() => new CallArguments(arguments.Body, [arguments.Input])), typeof(TOut), NameOf(name)) { NamesAsWritten = namesAsWritten });

    static ServiceStep<TIn, TOut> Make<TIn, TOut>(string action, LambdaExpression arguments, string name) =>
        new(new ServiceFlowNode(action, new(new CallArguments(arguments.Body, arguments.Parameters)), typeof(TOut), NameOf(name)));

    // In Define() the name of the member says nothing about the call.
    static string? NameOf(string member) => member is "" or ".ctor" or ".cctor" or nameof(Workflow<,>.Define) ? null
        : member.Contains("://", StringComparison.Ordinal) || member.StartsWith("arn:", StringComparison.Ordinal)
        ? throw new WorkflowException($"'{member}' is given as the name of a state, which comes last: put the URL or the ARN in its place, and leave out the name, which is that of the field.")
        : member;
}
