using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Authoring.Branching;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;
using Orkestra.Authoring.Queries;

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
    /// <param name="maxDelay">The longest interval, in whole seconds; unlimited when null.</param>
    /// <param name="jitter">Whether intervals are randomized. They are not by default.</param>
    public Flow<TIn, TOut> Retry(int maxAttempts = 3, TimeSpan? interval = null, double backoffRate = 2, TimeSpan? maxDelay = null, JitterStrategy jitter = JitterStrategy.None) =>
        Retry<Exception>(maxAttempts, interval, backoffRate, maxDelay, jitter);

    /// <summary>Tries again as a policy says.</summary>
    public Flow<TIn, TOut> Retry(RetryPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new(GuardFlowNode.Retrying(Node, policy));
    }

    /// <summary>
    /// Tries again when the flow fails with an exception of this type or of a derived type, as C#'s <c>catch</c> matches; <see cref="Exception"/> is every error. An
    /// <see cref="AggregateException"/> counts as the first exception in it, as with <c>await</c>.
    /// </summary>
    /// <typeparam name="TException">The exception.</typeparam>
    /// <param name="maxAttempts">How often to try again.</param>
    /// <param name="interval">The time before the first retry, in whole seconds; one second when null.</param>
    /// <param name="backoffRate">What the interval is multiplied with on each further retry, at least 1.</param>
    /// <param name="maxDelay">The longest interval, in whole seconds; unlimited when null.</param>
    /// <param name="jitter">Whether intervals are randomized. They are not by default.</param>
    public Flow<TIn, TOut> Retry<TException>(int maxAttempts = 3, TimeSpan? interval = null, double backoffRate = 2, TimeSpan? maxDelay = null, JitterStrategy jitter = JitterStrategy.None)
        where TException : Exception =>
        new(GuardFlowNode.Retrying(Node, RetryPolicy.For<TException>() with
        {
            MaxAttempts = maxAttempts,
            Interval = interval ?? TimeSpan.FromSeconds(1),
            BackoffRate = backoffRate,
            MaxDelay = maxDelay,
            Jitter = jitter,
        }));

    /// <summary>
    /// Continues with another flow when this one fails, after its retries, with an exception of this type or of a derived type, as C#'s <c>catch</c> matches;
    /// <see cref="Exception"/> is every error. The handler's output takes the place of this flow's output. On a chain, <c>a &gt;&gt; b.Catch&lt;T&gt;(h)</c> guards <c>b</c> only;
    /// <c>Try(a &gt;&gt; b).Catch&lt;T&gt;(h)</c> guards both (<see cref="Workflow.Try{TIn, TOut}"/>).
    /// </summary>
    /// <typeparam name="TException">The exception.</typeparam>
    /// <param name="handler">A flow over the error.</param>
    [OverloadResolutionPriority(1)]
    public Flow<TIn, TOut> Catch<TException>(IFlow<Failure, TOut> handler)
        where TException : Exception
    {
        return new(GuardFlowNode.Catching(Node, new CaughtFlow(typeof(TException), FlowOperations.NodeOf(handler))));
    }

    /// <summary>
    /// Continues with another flow as <see cref="Catch{TException}(IFlow{Failure, TOut})"/> does; the handler receives the input of this flow together with the error.
    /// </summary>
    /// <typeparam name="TException">The exception.</typeparam>
    /// <param name="handler">A flow over the input and the error.</param>
    public Flow<TIn, TOut> Catch<TException>(IFlow<Caught<TIn>, TOut> handler)
        where TException : Exception
    {
        PayloadTypes.Caught<TIn>();
        return new(GuardFlowNode.Catching(Node, new CaughtFlow(typeof(TException), FlowOperations.NodeOf(handler), withInput: true)));
    }

    /// <summary>
    /// Continues with another flow as <see cref="Catch{TException}(IFlow{Failure, TOut})"/> does. The handler is written over the input of this flow and the exception:
    /// <c>Charge.Catch&lt;CardDeclined&gt;((order, error) => Refuse.With(new Refusal(order.Id, error.Reason)))</c>. Of the exception it can read <see cref="Exception.Message"/> and properties of its own; their values travel in
    /// the cause of the error, as <c>errorData</c>. A property is its default if the error did not come from a step.
    /// </summary>
    /// <typeparam name="TException">The exception.</typeparam>
    /// <param name="handler">A flow that is given its input by <see cref="FlowOperations.With"/>, which is a C# expression and becomes JSONata.</param>
    /// <param name="text">Set by the compiler.</param>
    public Flow<TIn, TOut> Catch<TException>(Expression<Func<TIn, TException, Flow<Nothing, TOut>>> handler, [CallerArgumentExpression(nameof(handler))] string text = "")
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new(GuardFlowNode.Catching(Node, HandlerReader.Flow(typeof(TException), handler, FlowOperations.OneLine(text))));
    }

    /// <summary>
    /// Continues with a value when this flow fails, after its retries, with an exception of this type or of a derived type:
    /// <c>FindPrice.Catch&lt;NotFound&gt;((item, error) => new Price(item, 0))</c>. The value is a C# expression over the input and the exception, of which it can read <see cref="Exception.Message"/> and properties of its
    /// own.
    /// </summary>
    /// <typeparam name="TException">The exception.</typeparam>
    /// <param name="value">The expression, which becomes JSONata.</param>
    /// <param name="text">Set by the compiler.</param>
    public Flow<TIn, TOut> Catch<TException>(Expression<Func<TIn, TException, TOut>> value, [CallerArgumentExpression(nameof(value))] string text = "")
        where TException : Exception
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(GuardFlowNode.Catching(Node, HandlerReader.Value(typeof(TException), value, FlowOperations.OneLine(text))));
    }

    /// <summary>Fails one try of a step with <c>States.Timeout</c> (a <see cref="TimeoutException"/>) when it takes too long.</summary>
    /// <param name="timeout">How long, in whole seconds.</param>
    /// <remarks>Only a task can be timed: a step, a nested workflow, a callback. The language has no timeout for several states but the workflow's own.</remarks>
    public Flow<TIn, TOut> Timeout(TimeSpan timeout) => new(GuardFlowNode.TimedOut(Node, timeout));

    /// <summary>Fails one try of a step with <c>States.HeartbeatTimeout</c> when it reports nothing for this long. Only callbacks and steps in workers have heartbeats: nothing sends them for another flow, which is refused when the workflow is compiled.</summary>
    /// <param name="heartbeat">How long, in whole seconds, and shorter than the timeout.</param>
    public Flow<TIn, TOut> Heartbeat(TimeSpan heartbeat) => new(GuardFlowNode.Beating(Node, heartbeat));

    /// <summary>
    /// Waits until someone answers, for people and systems that call back: the step hands out <see cref="StepContext.TaskToken"/>, and the reply to it is the output. What the step itself gives isn't used. Its function ends
    /// at once; nothing is paid for while the state waits, up to a year.
    /// <code>
    /// static readonly Step&lt;Order, Nothing> AskManager = new((order, context) => Mail.Send(order, context.TaskToken!));
    /// AskManager.WaitForCallback&lt;Decision>(timeout: TimeSpan.FromDays(3))
    /// </code>
    /// The reply is sent with SendTaskSuccess, here with <c>OrkestraRuntime.SendTaskSuccessAsync</c>. A reply of SendTaskFailure fails the flow with its error.
    /// </summary>
    /// <typeparam name="TReply">The reply.</typeparam>
    /// <param name="timeout">How long to wait for the reply, in whole seconds, before the flow fails with <see cref="TimeoutException"/>; as long as the workflow may run when null.</param>
    /// <param name="heartbeat">How long to wait between two heartbeats (SendTaskHeartbeat), in whole seconds, before the flow fails with <c>States.HeartbeatTimeout</c>; no limit when null.</param>
    /// <exception cref="WorkflowException">This isn't a step that takes a <see cref="StepContext"/>.</exception>
    public Flow<TIn, TReply> WaitForCallback<TReply>(TimeSpan? timeout = null, TimeSpan? heartbeat = null) => Node is StepFlowNode { Step.Metadata.TakesContext: true } step
        ? new(new CallbackFlowNode(step, typeof(TReply), timeout, heartbeat))
        : throw new WorkflowException($"'{Node}' can't hand out the token of its task: only a step that takes a StepContext can, as in 'new((order, context) => Send(order, context.TaskToken!))'. Retries and catches go after .WaitForCallback.");

    /// <summary>The steps as they were composed.</summary>
    public override string ToString() => Node.ToString()!;
}
