using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>A flow that runs again: a Choice state that leads back.</summary>
internal sealed class RepeatFlowNode(FlowNode body, RepeatRule rule) : FlowNode
{
    public FlowNode Body { get; } = body;

    public RepeatRule Rule { get; } = rule;

    public string ChoiceName { get; } = rule.Name ?? $"{(rule.Kind == RepeatKind.Poll ? "Poll" : "Repeat")} {body.Label}";

    public override string Label => Body.Label;

    public override IEnumerable<FlowNode> Parts => [Body];

    public override string ToString() =>
        $"{Parenthesised(Body)}.{Rule.Kind switch { RepeatKind.While => "RepeatWhile", RepeatKind.Until => "RepeatUntil", _ => "PollUntil" }}({Rule.Text})";
}

/// <summary>How a flow repeats.</summary>
/// <param name="Kind">What the condition means, and what the next round is given.</param>
/// <param name="Condition">The condition, over the output.</param>
/// <param name="Text">The condition as it was written.</param>
/// <param name="Name">The name of the Choice state; null for the default.</param>
internal sealed record RepeatRule(RepeatKind Kind, LambdaExpression Condition, string Text, string? Name)
{
    /// <summary>The most rounds; null for no limit.</summary>
    public int? Limit { get; init; }

    /// <summary>The pause between two rounds; null for none.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>When to stop polling, from the beginning; null for never.</summary>
    public TimeSpan? GiveUpAfter { get; init; }
}

/// <summary>The kinds of loops.</summary>
internal enum RepeatKind
{
    /// <summary>Again while the condition holds, with the output as the input.</summary>
    While,

    /// <summary>Again until the condition holds, with the output as the input.</summary>
    Until,

    /// <summary>Again until the condition holds, each time with the first input.</summary>
    Poll,
}
