using System.Linq.Expressions;
using System.Reflection;
using Orkestra.Authoring.Queries;

namespace Orkestra.Authoring.Nodes;

/// <summary>A flow with retries, catches, a timeout and a heartbeat of its own.</summary>
internal sealed class GuardFlowNode : FlowNode
{
    GuardFlowNode(FlowNode body) => Body = body;

    GuardFlowNode(GuardFlowNode other, FlowNode? body = null)
    {
        Body = body ?? other.Body;
        Retries = other.Retries;
        Catches = other.Catches;
        Timeout = other.Timeout;
        Heartbeat = other.Heartbeat;
    }

    public FlowNode Body { get; }

    public IReadOnlyList<RetryPolicy> Retries { get; private init; } = [];

    public IReadOnlyList<CaughtFlow> Catches { get; private init; } = [];

    public TimeSpan? Timeout { get; private init; }

    public TimeSpan? Heartbeat { get; private init; }

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body, .. Catches.Select(caught => caught.Handler)];

    public override IEnumerable<FlowNode> KnownParts => [Body, .. Catches.Where(static caught => caught.IsKnown).Select(static caught => caught.Handler)];

    public override bool IsPartial => Catches.Any(static caught => !caught.IsKnown && caught.HasSteps);

    public override string ToString()
    {
        var text = Parenthesised(Body);
        if (Timeout is not null) text += $".Timeout({Timeout})";
        if (Heartbeat is not null) text += $".Heartbeat({Heartbeat})";
        text += string.Concat(Retries.Select(policy => $".Retry({policy.MaxAttempts})"));
        return text + string.Concat(Catches.Select(caught => $".Catch({caught.Exception.Name}, {caught.Input?.Text ?? caught.Handler.ToString()})"));
    }

    public static GuardFlowNode Retrying(FlowNode body, RetryPolicy policy)
    {
        var guard = Around(body);
        return new(guard) { Retries = [.. guard.Retries, policy] };
    }

    public static GuardFlowNode Catching(FlowNode body, CaughtFlow caught)
    {
        var guard = Around(body);
        return new(guard) { Catches = [.. guard.Catches, caught] };
    }

    public static FlowNode TimedOut(FlowNode body, TimeSpan timeout) => body switch
    {
        // Its failure takes a state more, so a guard would be around both.
        NestedFlowNode nested => nested.With(timeout),
        GuardFlowNode { Body: NestedFlowNode nested } guard => new GuardFlowNode(guard, nested.With(timeout)),
        _ => new GuardFlowNode(Around(body)) { Timeout = timeout },
    };

    public static GuardFlowNode Beating(FlowNode body, TimeSpan heartbeat) => new(Around(body)) { Heartbeat = heartbeat };

    // One state holds all its retries and catches, so guards around the same flow are one guard.
    static GuardFlowNode Around(FlowNode body) => body as GuardFlowNode ?? new GuardFlowNode(body);
}

/// <summary>Where a flow goes on after an exception of this type.</summary>
/// <param name="Exception">The exception; <see cref="System.Exception"/> for every error.</param>
/// <param name="Read">What follows.</param>
/// <param name="WithInput">Whether the handler takes a <see cref="Caught{T}"/> instead of a <see cref="Failure"/>.</param>
/// <param name="HasSteps">Whether there may be a step in what follows.</param>
internal sealed record CaughtFlow(Type Exception, Unread<CaughtHandler> Read, bool WithInput = false, bool HasSteps = true)
{
    public CaughtFlow(Type exception, FlowNode handler, bool withInput = false)
        : this(exception, new Unread<CaughtHandler>(new CaughtHandler(handler, null)), withInput)
    {
    }

    /// <summary>Whether what follows is known without reading an expression.</summary>
    public bool IsKnown => Read.IsRead;

    /// <summary>What follows.</summary>
    public FlowNode Handler => Read.Value.Flow;

    /// <summary>What the handler is given instead of a failure, or of an input and a failure; null for one of these.</summary>
    public CaughtInput? Input => Read.Value.Input;
}

/// <summary>What follows an exception.</summary>
/// <param name="Flow">The flow.</param>
/// <param name="Input">What it is given; null for what is given without an expression.</param>
internal sealed record CaughtHandler(FlowNode Flow, CaughtInput? Input);

/// <summary>What a handler is given, as an expression over the input of the guarded flow and the exception.</summary>
/// <param name="Parameters">The two parameters.</param>
/// <param name="Value">The expression.</param>
/// <param name="Members">The exception's own properties that the expression reads.</param>
/// <param name="Text">The handler as it was written.</param>
internal sealed record CaughtInput(IReadOnlyList<ParameterExpression> Parameters, Expression Value, IReadOnlyList<PropertyInfo> Members, string Text);
