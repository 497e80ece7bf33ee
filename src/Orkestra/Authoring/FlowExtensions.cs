using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;
using Orkestra.Authoring.Queries;

namespace Orkestra.Authoring;

/// <summary>What can be done with a flow beside <c>&gt;&gt;</c>. Methods bind tighter: <c>a &gt;&gt; b.Map() &gt;&gt; c</c> maps <c>b</c>.</summary>
public static class FlowExtensions
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

    /// <summary>Waits after a flow until the moment its output says; the output passes through.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="moment">A C# expression over the output for the moment.</param>
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
        return new(FlowReader.IsReading ? node : new SequenceFlowNode(new ConstantFlowNode(serializer => serializer.Serialize(input), $"{input}"), node));
    }

    internal static FlowNode NodeOf(IFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return flow.Node;
    }

    static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
