using Orkestra.Authoring.Branching;
using Orkestra.Authoring.Compilation;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>
/// Work with a typed payload at each end. A flow is data: composing it runs nothing, and the same flow can be used in many places.
/// </summary>
/// <typeparam name="TIn">The payload it takes.</typeparam>
/// <typeparam name="TOut">The payload it gives.</typeparam>
public class Flow<TIn, TOut> : FlowFrom<TIn>, IFlow<TIn, TOut>
{
    readonly FlowNode? node;

    internal Flow(FlowNode node) => this.node = node;

    private protected Flow()
    {
    }

    private protected override FlowNode Node => node!;

    /// <summary>The same flow over a more special payload: a flow over <c>object?</c> as one over <c>int</c>.</summary>
    /// <typeparam name="TNarrow">The payload, which converts to <typeparamref name="TIn"/>.</typeparam>
    public Flow<TNarrow, TOut> From<TNarrow>()
        where TNarrow : TIn => new(Node);

    /// <summary>
    /// The same flow with another type for the JSON it gives: nothing is converted, so the next step must be able to read it. For outputs that are alike as JSON
    /// (<c>List&lt;Item&gt;</c> and <c>Item[]</c>) or that have no static type (the outputs of a list of branches).
    /// </summary>
    /// <typeparam name="TOther">What the next step reads.</typeparam>
    public Flow<TIn, TOther> As<TOther>() => new(Node);

    /// <summary>Tries again when the flow fails. Retries belong to one state: they come before the catches, whatever the order they are written in.</summary>
    /// <param name="maxAttempts">How often to try again.</param>
    /// <param name="interval">The time before the first retry, in whole seconds; one second when null.</param>
    /// <param name="backoffRate">What the interval is multiplied with on each further retry, at least 1.</param>
    public Flow<TIn, TOut> Retry(int maxAttempts = 3, TimeSpan? interval = null, double backoffRate = 2) => Retry<Exception>(maxAttempts, interval, backoffRate);

    /// <summary>Tries again as a policy says.</summary>
    public Flow<TIn, TOut> Retry(RetryPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(GuardFlowNode.Retrying(Node, policy));
    }

    /// <summary>Tries again when the flow fails with an exception of exactly this type; <see cref="Exception"/> stands for every error.</summary>
    /// <typeparam name="TException">The exception. The cloud knows errors by the exception's type name, so derived types are not included.</typeparam>
    /// <param name="maxAttempts">How often to try again.</param>
    /// <param name="interval">The time before the first retry, in whole seconds; one second when null.</param>
    /// <param name="backoffRate">What the interval is multiplied with on each further retry, at least 1.</param>
    public Flow<TIn, TOut> Retry<TException>(int maxAttempts = 3, TimeSpan? interval = null, double backoffRate = 2)
        where TException : Exception =>
        new(GuardFlowNode.Retrying(Node, new RetryPolicy
        {
            Errors = ExceptionNames.Of(typeof(TException)),
            MaxAttempts = maxAttempts,
            Interval = interval ?? TimeSpan.FromSeconds(1),
            BackoffRate = backoffRate,
        }));

    /// <summary>
    /// Goes on with another flow when this one fails with an exception of exactly this type, after its retries; <see cref="Exception"/> stands for every error. What
    /// <paramref name="handler"/> gives takes the place of this flow's output.
    /// </summary>
    /// <typeparam name="TException">The exception. The cloud knows errors by the exception's type name, so derived types are not included.</typeparam>
    /// <param name="handler">A flow over the <see cref="Failure"/>.</param>
    public Flow<TIn, TOut> Catch<TException>(IFlow<Failure, TOut> handler)
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new(GuardFlowNode.Catching(Node, ExceptionNames.Of(typeof(TException)), handler.Node));
    }

    /// <summary>Fails one try of a step with <c>States.Timeout</c> (a <see cref="TimeoutException"/>) when it takes too long.</summary>
    /// <param name="timeout">How long, in whole seconds.</param>
    /// <remarks>Only a step can be timed: the language has no timeout for several states but the workflow's own.</remarks>
    public Flow<TIn, TOut> Timeout(TimeSpan timeout) => new(GuardFlowNode.TimedOut(Node, timeout));

    /// <summary>The steps as they were composed.</summary>
    public override string ToString() => Node.ToString()!;
}
