using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Asl;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>Flows to begin or to end with.</summary>
public static class Flow
{
    /// <summary>The input itself, for flows that begin with branches, a choice or an expression: <c>Flow.Input&lt;Order&gt;() &gt;&gt; (a, b)</c>. It adds no state.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    public static Flow<T, T> Input<T>() => new(IdentityFlowNode.Instance);

    /// <summary>Ends the run with an error.</summary>
    /// <typeparam name="TIn">The payload, which is not looked at.</typeparam>
    /// <typeparam name="TOut">What the flow would have given; it never does.</typeparam>
    /// <param name="error">The error's name.</param>
    /// <param name="cause">What is known about it, or null.</param>
    public static Flow<TIn, TOut> Fail<TIn, TOut>(string error, string? cause = null)
    {
        if (string.IsNullOrEmpty(error)) throw new ArgumentException("The error has no name: give it one, such as \"OutOfStock\".", nameof(error));
        return new(new FailFlowNode(error, cause));
    }

    /// <summary>States that were not authored here, as a part of a flow. They become states of its document; what they take and give is for the caller to say.</summary>
    /// <typeparam name="TIn">The payload they take.</typeparam>
    /// <typeparam name="TOut">The payload they give.</typeparam>
    /// <param name="label">What to call the part in texts for people and in names of states.</param>
    /// <param name="source">Where the states come from, for those who deploy the flow: <see cref="WorkflowDefinition.Sources"/> has it.</param>
    /// <param name="read">Gives the states as a document. It is called when the flow is compiled, perhaps more than once, and has to give the same each time.</param>
    public static Flow<TIn, TOut> OfStates<TIn, TOut>(string label, object source, Func<StateMachine> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(read);
        return new(new DocumentFlowNode(label, source, read));
    }

    /// <summary>
    /// Ends the run with an exception, like C#'s <c>throw</c>: <c>Flow.Fail&lt;Order, Receipt&gt;(order => new OrderLost($"Order {order.Id} is lost"))</c>. No function runs for it. A <c>Catch</c> around it matches the
    /// exception as if a step had thrown it.
    /// </summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TOut">What the flow would have given; it never does.</typeparam>
    /// <param name="exception">Creates the exception with its message, which is a C# expression over the payload and becomes JSONata. Other arguments of the constructor have to be constants.</param>
    /// <param name="text">Set by the compiler.</param>
    public static Flow<TIn, TOut> Fail<TIn, TOut>(Expression<Func<TIn, Exception>> exception, [CallerArgumentExpression(nameof(exception))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(new FailFlowNode(new ThrownException(exception, FlowOperations.OneLine(text))));
    }

    /// <summary>
    /// Ends here with the payload as the output, like C#'s <c>return</c>. It ends what it is in: a branch, the run for one element of a map, the chain of <see cref="Workflow.Try{TIn, TOut}"/>, or else the whole
    /// workflow, whose output type it has to fit.
    /// </summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TOut">What the flow would have given; it never does.</typeparam>
    public static Flow<TIn, TOut> Succeed<TIn, TOut>() => new(SucceedFlowNode.Instance);

    /// <summary>
    /// Ends the run with the error that a handler was given, such as after logging it: <c>Charge.Catch&lt;IOException&gt;(Log &gt;&gt; Flow.Rethrow&lt;Receipt&gt;())</c> with a <c>Log</c> that gives
    /// its <see cref="Failure"/> back.
    /// </summary>
    /// <typeparam name="TOut">What the flow would have given; it never does.</typeparam>
    public static Flow<Failure, TOut> Rethrow<TOut>() => new(FailFlowNode.Rethrow);
}
