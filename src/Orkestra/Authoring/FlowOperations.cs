using System.ComponentModel;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;
using Orkestra.Authoring.Queries;

namespace Orkestra.Authoring;

/// <summary>What can be done with a flow beside <c>&gt;&gt;</c>. Methods bind tighter: <c>a &gt;&gt; b.Map() &gt;&gt; c</c> maps <c>b</c>.</summary>
public static class FlowOperations
{
    /// <summary>Runs a flow for each element of an array; the result is the array of its outputs, in order. The first error fails it (see <see cref="Capture"/>).</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="maxConcurrency">How many run at a time; 0, the default, is no limit.</param>
    /// <param name="distributed">Runs each element as an execution of its own; inline when null.</param>
    public static Flow<TIn[], TOut[]> Map<TIn, TOut>(this Flow<TIn, TOut> flow, int maxConcurrency = 0, DistributedMapOptions? distributed = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxConcurrency);
        PayloadTypes.Array<TIn>();
        PayloadTypes.Array<TOut>();
        return new(new MapFlowNode(NodeOf(flow), maxConcurrency, distributed));
    }

    /// <summary>
    /// Runs a flow for each element of an array and captures errors: the result is the array of the outcomes, in order, and no element stops the others. The same as
    /// <c>flow.Capture().Map(…)</c>.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="maxConcurrency">How many run at a time; 0, the default, is no limit.</param>
    /// <param name="distributed">Runs each element as an execution of its own; inline when null.</param>
    public static Flow<TIn[], Outcome<TOut>[]> MapOutcomes<TIn, TOut>(this Flow<TIn, TOut> flow, int maxConcurrency = 0, DistributedMapOptions? distributed = null) =>
        flow.Capture().Map(maxConcurrency, distributed);

    /// <summary>Makes errors of a flow part of its output, after its retries: the run goes on with an <see cref="Outcome{T}"/>.</summary>
    public static Flow<TIn, Outcome<TOut>> Capture<TIn, TOut>(this Flow<TIn, TOut> flow)
    {
        PayloadTypes.Outcome<TOut>();
        return new(new CaptureFlowNode(NodeOf(flow)));
    }

    /// <summary>Ends captured errors: continues with the value of an outcome, or fails with its error, so that a flow around this one can catch it again.</summary>
    /// <param name="flow">The flow whose errors are captured.</param>
    public static Flow<TIn, TOut> Rethrow<TIn, TOut>(this Flow<TIn, Outcome<TOut>> flow)
    {
        Expression<Func<Outcome<TOut>, bool>> succeeded = static outcome => outcome.IsSuccess;
        Expression<Func<Outcome<TOut>, TOut>> value = static outcome => outcome.Value;
        return new(new SequenceFlowNode(
            NodeOf(flow),
            new WhenFlowNode(succeeded, "outcome => outcome.IsSuccess", new SelectFlowNode(value, "outcome => outcome.Value", "Value"), FailFlowNode.Rethrow, "Rethrow")));
    }

    /// <summary>Ends captured errors of an array: continues with the values of all outcomes, or fails with the first error.</summary>
    /// <param name="flow">The flow whose errors are captured.</param>
    public static Flow<TIn, TOut[]> Rethrow<TIn, TOut>(this Flow<TIn, Outcome<TOut>[]> flow)
    {
        PayloadTypes.Array<TOut>();
        Expression<Func<Outcome<TOut>[], bool>> succeeded = static outcomes => outcomes.All(outcome => outcome.IsSuccess);
        Expression<Func<Outcome<TOut>[], TOut[]>> values = static outcomes => outcomes.Select(outcome => outcome.Value).ToArray();
        Expression<Func<Outcome<TOut>[], Outcome<TOut>>> first = static outcomes => outcomes.First(outcome => !outcome.IsSuccess);
        return new(new SequenceFlowNode(
            NodeOf(flow),
            new WhenFlowNode(
                succeeded,
                "outcomes => outcomes.All(outcome => outcome.IsSuccess)",
                new SelectFlowNode(values, "outcomes => outcomes.Select(outcome => outcome.Value)", "Values"),
                new SequenceFlowNode(new SelectFlowNode(first, "outcomes => outcomes.First(outcome => !outcome.IsSuccess)", "First error"), FailFlowNode.Rethrow),
                "Rethrow")));
    }

    /// <summary>
    /// Changes the payload with a C# expression that becomes JSONata: the state machine computes it, no function is paid for. An expression that JSONata cannot say
    /// is an error when the workflow is compiled; the message names the part that has no translation.
    /// </summary>
    /// <param name="flow">The flow whose output it is.</param>
    /// <param name="selector">The expression, over the flow's output.</param>
    /// <param name="name">The state's name; <c>Select</c> when null.</param>
    /// <param name="text">Given by the compiler.</param>
    public static Flow<TIn, TResult> Select<TIn, TOut, TResult>(
        this Flow<TIn, TOut> flow,
        Expression<Func<TOut, TResult>> selector,
        string? name = null,
        [CallerArgumentExpression(nameof(selector))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(selector);
        if (QueryBuilder.Select(NodeOf(flow), selector) is { } query) return new(query);
        return new(new SequenceFlowNode(NodeOf(flow), new SelectFlowNode(selector, OneLine(text), name)));
    }

    /// <summary>Goes on with one flow or another.</summary>
    /// <param name="flow">The flow whose output is looked at.</param>
    /// <param name="condition">A C# expression over the output, which becomes JSONata.</param>
    /// <param name="then">What follows when the condition is true.</param>
    /// <param name="otherwise">What follows when it is false.</param>
    /// <param name="name">The state's name; <c>When</c> when null.</param>
    /// <param name="text">Given by the compiler.</param>
    public static Flow<TIn, TResult> When<TIn, TOut, TThen, TOtherwise, TResult>(
        this Flow<TIn, TOut> flow,
        Expression<Func<TOut, bool>> condition,
        IFlow<TThen, TResult> then,
        IFlow<TOtherwise, TResult> otherwise,
        string? name = null,
        [CallerArgumentExpression(nameof(condition))] string text = "")
        where TOut : TThen, TOtherwise
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(then);
        ArgumentNullException.ThrowIfNull(otherwise);
        return new(new SequenceFlowNode(NodeOf(flow), new WhenFlowNode(condition, OneLine(text), then.Node, otherwise.Node, name)));
    }

    /// <summary>Explains why two branches don't fit.</summary>
    [Obsolete("A branch of When doesn't take what the flow before gives. Change it with .Select(…) at the beginning of the branch, or before .When.", error: true)]
    [OverloadResolutionPriority(-1)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Flow<TIn, TResult> When<TIn, TOut, TThen, TOtherwise, TResult>(
        this Flow<TIn, TOut> flow, Expression<Func<TOut, bool>> condition, IFlow<TThen, TResult> then, IFlow<TOtherwise, TResult> otherwise, string? name = null) =>
        throw new NotSupportedException();

    /// <summary>Explains why two branches don't fit.</summary>
    [Obsolete("The two branches of When give different types. Let both end with the same one, such as with .Select(…) at the end of a branch.", error: true)]
    [OverloadResolutionPriority(-2)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Flow<TIn, TResult> When<TIn, TOut, TThen, TOtherwise, TResult, TOther>(
        this Flow<TIn, TOut> flow, Expression<Func<TOut, bool>> condition, IFlow<TThen, TResult> then, IFlow<TOtherwise, TOther> otherwise, string? name = null) =>
        throw new NotSupportedException();

    /// <summary>Explains why a branch doesn't fit.</summary>
    [Obsolete("The branch of a When without an alternative must take and give what the flow before gives. End it with .Select(…), or pass a second branch.", error: true)]
    [OverloadResolutionPriority(-1)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static Flow<TIn, TOut> When<TIn, TOut, TThen, TResult>(
        this Flow<TIn, TOut> flow, Expression<Func<TOut, bool>> condition, IFlow<TThen, TResult> then, string? name = null) =>
        throw new NotSupportedException();

    /// <summary>Goes through another flow when a condition holds, else goes on with the payload as it is.</summary>
    /// <param name="flow">The flow whose output is looked at.</param>
    /// <param name="condition">A C# expression over the output, which becomes JSONata.</param>
    /// <param name="then">What follows when the condition is true.</param>
    /// <param name="name">The state's name; <c>When</c> when null.</param>
    /// <param name="text">Given by the compiler.</param>
    public static Flow<TIn, TOut> When<TIn, TOut, TThen>(
        this Flow<TIn, TOut> flow,
        Expression<Func<TOut, bool>> condition,
        IFlow<TThen, TOut> then,
        string? name = null,
        [CallerArgumentExpression(nameof(condition))] string text = "")
        where TOut : TThen
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(then);
        return new(new SequenceFlowNode(NodeOf(flow), new WhenFlowNode(condition, OneLine(text), then.Node, IdentityFlowNode.Instance, name)));
    }

    /// <summary>Waits after a flow for as long as its output says; the output passes through.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="seconds">A C# expression over the output for a whole number of seconds.</param>
    /// <param name="text">Given by the compiler.</param>
    public static Flow<TIn, TOut> Wait<TIn, TOut>(
        this Flow<TIn, TOut> flow, Expression<Func<TOut, int>> seconds, [CallerArgumentExpression(nameof(seconds))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(seconds);
        return new(new SequenceFlowNode(NodeOf(flow), new WaitFlowNode(null, null, seconds, OneLine(text))));
    }

    /// <summary>Waits after a flow for as long as its output says; the output passes through.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="delay">A C# expression over the output for the time, which is rounded up to whole seconds, such as <c>order => order.Due - order.Received</c> or <c>order => TimeSpan.FromHours(order.Hours)</c>.</param>
    /// <param name="text">Set by the compiler.</param>
    [OverloadResolutionPriority(-1)]
    public static Flow<TIn, TOut> Wait<TIn, TOut>(
        this Flow<TIn, TOut> flow, Expression<Func<TOut, TimeSpan>> delay, [CallerArgumentExpression(nameof(delay))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(delay);
        return new(new SequenceFlowNode(NodeOf(flow), new WaitFlowNode(null, null, delay, OneLine(text))));
    }

    /// <summary>Waits after a flow until the moment its output says; the output passes through.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="moment">A C# expression over the output for the moment. A <see cref="DateTime"/> whose text has no offset counts as UTC.</param>
    /// <param name="text">Given by the compiler.</param>
    public static Flow<TIn, TOut> WaitUntil<TIn, TOut>(
        this Flow<TIn, TOut> flow, Expression<Func<TOut, DateTimeOffset>> moment, [CallerArgumentExpression(nameof(moment))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(moment);
        return new(new SequenceFlowNode(NodeOf(flow), new WaitFlowNode(null, null, moment, OneLine(text))));
    }

    /// <summary>
    /// Gives a flow its input, whatever comes before. In a query the input may use the variables so far (<c>from price in FindPrice.With(item.Name)</c>);
    /// elsewhere it is a value of the document.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="input">Its input.</param>
    public static Flow<Nothing, TOut> With<TIn, TOut>(this Flow<TIn, TOut> flow, TIn input)
    {
        var node = NodeOf(flow);
        return new(FlowReader.TakeBare() ? node : new SequenceFlowNode(new ConstantFlowNode(serializer => serializer.Serialize(input), $"{input}"), node));
    }

    /// <summary>
    /// Runs a chain of steps in one function as one state: <c>(Validate >> Price >> Tax).Fused("Quote")</c>. Each step still reads and writes JSON and fails with the same errors, but there is one state transition and one
    /// function instead of one for each. What is retried or caught is the whole chain, so fuse steps that may be repeated together.
    /// </summary>
    /// <param name="flow">A chain of steps, which have neither retries nor heartbeats of their own.</param>
    /// <param name="name">The name of the function and of the state; the names of the steps one after the other when null.</param>
    /// <exception cref="WorkflowException">The flow is no such chain.</exception>
    public static Flow<TIn, TOut> Fused<TIn, TOut>(this Flow<TIn, TOut> flow, string? name = null) => new(((IFlow)Compilation.FusedStep.Of(NodeOf(flow), name)).Node);

    internal static FlowNode NodeOf(IFlow? flow) => flow is null
        ? throw new WorkflowException(
            "A flow or step that is composed is null. Static fields are initialized in the order of the source: declare the steps above the field that composes them, or compose in Define().")
        : flow.Node;

    internal static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
