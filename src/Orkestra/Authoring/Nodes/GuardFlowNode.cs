namespace Orkestra.Authoring.Nodes;

/// <summary>A flow with retries, catches and a timeout of its own.</summary>
internal sealed class GuardFlowNode : FlowNode
{
    GuardFlowNode(FlowNode body) => Body = body;

    public FlowNode Body { get; }

    public IReadOnlyList<RetryPolicy> Retries { get; private init; } = [];

    public IReadOnlyList<CaughtFlow> Catches { get; private init; } = [];

    public TimeSpan? Timeout { get; private init; }

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body, .. Catches.Select(caught => caught.Handler)];

    public override string ToString()
    {
        var text = Parenthesised(Body);
        if (Timeout is not null) text += $".Timeout({Timeout})";
        text += string.Concat(Retries.Select(policy => $".Retry({policy.MaxAttempts})"));
        return text + string.Concat(Catches.Select(caught => $".Catch({caught.Exception.Name}, {caught.Handler})"));
    }

    public static GuardFlowNode Retrying(FlowNode body, RetryPolicy policy)
    {
        var guard = Around(body);
        return new(guard.Body) { Retries = [.. guard.Retries, policy], Catches = guard.Catches, Timeout = guard.Timeout };
    }

    public static GuardFlowNode Catching(FlowNode body, Type exception, FlowNode handler, bool withInput)
    {
        var guard = Around(body);
        return new(guard.Body) { Retries = guard.Retries, Catches = [.. guard.Catches, new CaughtFlow(exception, handler, withInput)], Timeout = guard.Timeout };
    }

    public static GuardFlowNode TimedOut(FlowNode body, TimeSpan timeout)
    {
        var guard = Around(body);
        return new(guard.Body) { Retries = guard.Retries, Catches = guard.Catches, Timeout = timeout };
    }

    // One state holds all its retries and catches, so guards around the same flow are one guard.
    static GuardFlowNode Around(FlowNode body) => body as GuardFlowNode ?? new GuardFlowNode(body);
}

/// <summary>Where a flow goes on after an exception of this type.</summary>
/// <param name="Exception">The exception; <see cref="System.Exception"/> for every error.</param>
/// <param name="Handler">What follows.</param>
/// <param name="WithInput">Whether the handler takes a <see cref="Caught{T}"/> instead of a <see cref="Failure"/>.</param>
internal sealed record CaughtFlow(Type Exception, FlowNode Handler, bool WithInput);
