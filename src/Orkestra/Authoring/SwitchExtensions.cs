using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Authoring.Branching;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>
/// <c>.Switch(…)</c>: one of several flows, by a value, by conditions or by the type of the payload, as C#'s <c>switch</c>. The first case that applies is taken. All cases give the same type. Each case is
/// any flow: a step, a chain, branches, another switch.
/// <code>
/// Check.Switch(order => order.Status)      Check.Switch()                              Check.Switch()
///     .Case(Status.New, Accept)                .Case(order => order.Total > 100, Ask)      .Case(ChargeCard)      // Step&lt;Card, Receipt>
///     .Case(Status.Paid, Ship)                 .Case(order => order.IsGift, Wrap)          .Case(SendInvoice)     // Step&lt;Invoice, Receipt>
///     .Default(Refuse)                         .Default(Ship)
/// </code>
/// </summary>
public static class SwitchExtensions
{
    /// <summary>Goes on with the flow of the case that equals a value.</summary>
    /// <param name="flow">The flow whose output is looked at.</param>
    /// <param name="value">A C# expression over the output, which becomes JSONata.</param>
    /// <param name="name">The state's name; <c>Switch</c> when null.</param>
    /// <param name="text">Set by the compiler.</param>
    public static SwitchStart<TIn, TOut, TValue> Switch<TIn, TOut, TValue>(
        this Flow<TIn, TOut> flow, Expression<Func<TOut, TValue>> value, string? name = null, [CallerArgumentExpression(nameof(value))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(value);
        return new(FlowOperations.NodeOf(flow), new SwitchFlowNode(new SwitchSubject(typeof(TValue), value, FlowOperations.OneLine(text), name), [], null));
    }

    /// <summary>Goes on with the flow of the first case whose condition holds, or of the case for the type of the payload.</summary>
    /// <param name="flow">The flow whose output is looked at.</param>
    /// <param name="name">The state's name; <c>Switch</c> when null.</param>
    public static SwitchStart<TIn, TOut> Switch<TIn, TOut>(this Flow<TIn, TOut> flow, string? name = null) =>
        new(FlowOperations.NodeOf(flow), new SwitchFlowNode(new SwitchSubject(typeof(TOut), null, "", name), [], null));

    /// <summary>The first case of a switch over a value.</summary>
    /// <param name="start">The switch.</param>
    /// <param name="value">The value of the case.</param>
    /// <param name="then">What follows when the value of the switch equals it.</param>
    /// <param name="text">Set by the compiler.</param>
    public static ValueSwitch<TIn, TOut, TValue, TResult> Case<TIn, TOut, TValue, TThen, TResult>(
        this SwitchStart<TIn, TOut, TValue> start, TValue value, IFlow<TThen, TResult> then, [CallerArgumentExpression(nameof(value))] string text = "")
        where TOut : TThen
    {
        ArgumentNullException.ThrowIfNull(start);
        return new(start.Before, start.Node.With(OfValue(value, then, text)));
    }

    /// <summary>A further case of a switch over a value.</summary>
    /// <param name="before">The switch so far.</param>
    /// <param name="value">The value of the case.</param>
    /// <param name="then">What follows when the value of the switch equals it.</param>
    /// <param name="text">Set by the compiler.</param>
    public static ValueSwitch<TIn, TOut, TValue, TResult> Case<TIn, TOut, TValue, TThen, TResult>(
        this ValueSwitch<TIn, TOut, TValue, TResult> before, TValue value, IFlow<TThen, TResult> then, [CallerArgumentExpression(nameof(value))] string text = "")
        where TOut : TThen
    {
        ArgumentNullException.ThrowIfNull(before);
        return new(before.Before, before.Switch.With(OfValue(value, then, text)));
    }

    /// <summary>What follows when no case applies.</summary>
    /// <param name="before">The switch so far.</param>
    /// <param name="then">What follows.</param>
    public static Flow<TIn, TResult> Default<TIn, TOut, TValue, TThen, TResult>(this ValueSwitch<TIn, TOut, TValue, TResult> before, IFlow<TThen, TResult> then)
        where TOut : TThen
    {
        ArgumentNullException.ThrowIfNull(before);
        return new(new SequenceFlowNode(before.Before, before.Switch.WithDefault(FlowOperations.NodeOf(then))));
    }

    /// <summary>The first case of a switch over conditions.</summary>
    /// <param name="start">The switch.</param>
    /// <param name="condition">A C# expression over the payload, which becomes JSONata.</param>
    /// <param name="then">What follows when it holds, and none of the cases before does.</param>
    /// <param name="text">Set by the compiler.</param>
    public static ConditionSwitch<TIn, TOut, TResult> Case<TIn, TOut, TThen, TResult>(
        this SwitchStart<TIn, TOut> start, Expression<Func<TOut, bool>> condition, IFlow<TThen, TResult> then, [CallerArgumentExpression(nameof(condition))] string text = "")
        where TOut : TThen
    {
        ArgumentNullException.ThrowIfNull(start);
        return new(start.Before, start.Node.With(OfCondition(condition, then, text)));
    }

    /// <summary>A further case of a switch over conditions.</summary>
    /// <param name="before">The switch so far.</param>
    /// <param name="condition">A C# expression over the payload, which becomes JSONata.</param>
    /// <param name="then">What follows when it holds, and none of the cases before does.</param>
    /// <param name="text">Set by the compiler.</param>
    public static ConditionSwitch<TIn, TOut, TResult> Case<TIn, TOut, TThen, TResult>(
        this ConditionSwitch<TIn, TOut, TResult> before, Expression<Func<TOut, bool>> condition, IFlow<TThen, TResult> then, [CallerArgumentExpression(nameof(condition))] string text = "")
        where TOut : TThen
    {
        ArgumentNullException.ThrowIfNull(before);
        return new(before.Before, before.Switch.With(OfCondition(condition, then, text)));
    }

    /// <summary>What follows when no condition holds.</summary>
    /// <param name="before">The switch so far.</param>
    /// <param name="then">What follows.</param>
    public static Flow<TIn, TResult> Default<TIn, TOut, TThen, TResult>(this ConditionSwitch<TIn, TOut, TResult> before, IFlow<TThen, TResult> then)
        where TOut : TThen
    {
        ArgumentNullException.ThrowIfNull(before);
        return new(new SequenceFlowNode(before.Before, before.Switch.WithDefault(FlowOperations.NodeOf(then))));
    }

    /// <summary>The first case of a switch over types: the flow takes one type of the hierarchy, and says by that which.</summary>
    /// <param name="start">The switch.</param>
    /// <param name="then">What follows when the payload is of the type that the flow takes.</param>
    public static TypeSwitch<TIn, TOut, TResult> Case<TIn, TOut, TCase, TResult>(this SwitchStart<TIn, TOut> start, IFlow<TCase, TResult> then)
        where TCase : TOut
    {
        ArgumentNullException.ThrowIfNull(start);
        return new(start.Before, start.Node.With(OfType(typeof(TCase), then)));
    }

    /// <summary>A further case of a switch over types: the flow takes one type of the hierarchy, and says by that which.</summary>
    /// <param name="before">The switch so far.</param>
    /// <param name="then">What follows when the payload is of the type that the flow takes.</param>
    public static TypeSwitch<TIn, TOut, TResult> Case<TIn, TOut, TCase, TResult>(this TypeSwitch<TIn, TOut, TResult> before, IFlow<TCase, TResult> then)
        where TCase : TOut
    {
        ArgumentNullException.ThrowIfNull(before);
        return new(before.Before, before.Switch.With(OfType(typeof(TCase), then)));
    }

    /// <summary>What follows when the payload is of a type without a case.</summary>
    /// <param name="before">The switch so far.</param>
    /// <param name="then">What follows.</param>
    public static Flow<TIn, TResult> Default<TIn, TOut, TThen, TResult>(this TypeSwitch<TIn, TOut, TResult> before, IFlow<TThen, TResult> then)
        where TOut : TThen
    {
        ArgumentNullException.ThrowIfNull(before);
        return new(new SequenceFlowNode(before.Before, before.Switch.WithDefault(FlowOperations.NodeOf(then))));
    }

    static FlowCase OfValue<TValue>(TValue value, IFlow then, string text) =>
        new(FlowOperations.NodeOf(then), FlowOperations.OneLine(text)) { Value = Expression.Constant(value, typeof(TValue)) };

    static FlowCase OfCondition(LambdaExpression condition, IFlow then, string text)
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new(FlowOperations.NodeOf(then), FlowOperations.OneLine(text)) { Condition = condition };
    }

    static FlowCase OfType(Type type, IFlow then) => new(FlowOperations.NodeOf(then), null) { Type = type };
}
