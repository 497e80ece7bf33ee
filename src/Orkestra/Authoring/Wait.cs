using System.Globalization;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>A pause between steps, <c>a &gt;&gt; Wait.For(TimeSpan.FromDays(1)) &gt;&gt; b</c>. The payload passes through; waiting costs nothing while it lasts.</summary>
public sealed class Wait
{
    Wait(WaitFlowNode node) => Node = node;

    internal WaitFlowNode Node { get; }

    /// <summary>Waits a while.</summary>
    /// <param name="delay">How long, in whole seconds.</param>
    public static Wait For(TimeSpan delay) => new(new WaitFlowNode(delay, null, null, delay.ToString("c", CultureInfo.InvariantCulture)));

    /// <summary>Waits until a moment; not at all when it has passed.</summary>
    public static Wait Until(DateTimeOffset moment) => new(new WaitFlowNode(null, moment, null, moment.ToString("O", CultureInfo.InvariantCulture)));
}
