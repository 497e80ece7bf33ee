using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>A pause: a Wait state. One of the three says how long.</summary>
internal sealed class WaitFlowNode(TimeSpan? delay, DateTimeOffset? until, LambdaExpression? computed, string text) : FlowNode
{
    public TimeSpan? Delay { get; } = delay;

    public DateTimeOffset? Until { get; } = until;

    /// <summary>From the payload to a <see cref="TimeSpan"/>, a number of seconds or a <see cref="DateTimeOffset"/>.</summary>
    public LambdaExpression? Computed { get; } = computed;

    public string Text { get; } = text;

    public override string Label => "Wait";

    public override string ToString() => $"Wait({Text})";
}
