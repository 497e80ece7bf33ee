using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>Loops: a flow that runs again while or until a condition on its output holds. The state machine repeats it, so that waits cost nothing and a long loop survives a restart.</summary>
public static class LoopOperations
{
    /// <summary>
    /// Runs a flow again, with its output as the next input, while a condition on the output holds, like C#'s <c>do … while</c>. The flow runs at least once. Without a limit, nothing bounds the number of
    /// rounds but the condition and the service's limit of 25,000 events.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="condition">A C# expression over the output, which becomes JSONata.</param>
    /// <param name="limit">The most rounds, at least 1. If the condition still holds after them, the run fails with <see cref="RepeatLimitException"/>. No limit when null.</param>
    /// <param name="wait">The pause between two rounds, in whole seconds; none when null.</param>
    /// <param name="name">The name of the Choice state; <c>Repeat</c> and the flow's first state when null.</param>
    /// <param name="text">Set by the compiler.</param>
    public static Flow<T, T> RepeatWhile<T>(
        this Flow<T, T> flow,
        Expression<Func<T, bool>> condition,
        int? limit = null,
        TimeSpan? wait = null,
        string? name = null,
        [CallerArgumentExpression(nameof(condition))] string text = "") => Repeat(flow, RepeatKind.While, condition, limit, wait, name, text);

    /// <summary>
    /// Runs a flow again, with its output as the next input, until a condition on the output holds. The flow runs at least once. Without a limit, nothing bounds the number of rounds but the condition
    /// and the service's limit of 25,000 events.
    /// </summary>
    /// <param name="flow">The flow.</param>
    /// <param name="condition">A C# expression over the output, which becomes JSONata.</param>
    /// <param name="limit">The most rounds, at least 1. If the condition doesn't hold after them, the run fails with <see cref="RepeatLimitException"/>. No limit when null.</param>
    /// <param name="wait">The pause between two rounds, in whole seconds; none when null.</param>
    /// <param name="name">The name of the Choice state; <c>Repeat</c> and the flow's first state when null.</param>
    /// <param name="text">Set by the compiler.</param>
    public static Flow<T, T> RepeatUntil<T>(
        this Flow<T, T> flow,
        Expression<Func<T, bool>> condition,
        int? limit = null,
        TimeSpan? wait = null,
        string? name = null,
        [CallerArgumentExpression(nameof(condition))] string text = "") => Repeat(flow, RepeatKind.Until, condition, limit, wait, name, text);

    /// <summary>
    /// Calls a flow with the same input until a condition on its output holds, and waits between two calls: for work elsewhere that can only be asked whether it has ended. The result is the output for
    /// which the condition holds.
    /// </summary>
    /// <example><code>
    /// StartJob >> CheckJob.PollUntil(job => job.State == "Done", every: TimeSpan.FromSeconds(30), giveUpAfter: TimeSpan.FromHours(2))
    /// </code></example>
    /// <param name="flow">The flow.</param>
    /// <param name="condition">A C# expression over the output, which becomes JSONata.</param>
    /// <param name="every">The pause between two calls, in whole seconds.</param>
    /// <param name="giveUpAfter">
    /// When to stop, counted from before the first call: a call that would begin later isn't made, and the run fails with <see cref="TimeoutException"/>, which a <c>Catch</c> around the poll can handle. Never
    /// when null.
    /// </param>
    /// <param name="name">The name of the Choice state; <c>Poll</c> and the flow's first state when null.</param>
    /// <param name="text">Set by the compiler.</param>
    public static Flow<TIn, TOut> PollUntil<TIn, TOut>(
        this Flow<TIn, TOut> flow,
        Expression<Func<TOut, bool>> condition,
        TimeSpan every,
        TimeSpan? giveUpAfter = null,
        string? name = null,
        [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        return new(new RepeatFlowNode(
            FlowOperations.NodeOf(flow), new RepeatRule(RepeatKind.Poll, condition, FlowOperations.OneLine(text), name) { Wait = every, GiveUpAfter = giveUpAfter }));
    }

    static Flow<T, T> Repeat<T>(Flow<T, T> flow, RepeatKind kind, Expression<Func<T, bool>> condition, int? limit, TimeSpan? wait, string? name, string text)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (limit is { } most) ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(limit));
        return new(new RepeatFlowNode(FlowOperations.NodeOf(flow), new RepeatRule(kind, condition, FlowOperations.OneLine(text), name) { Limit = limit, Wait = wait }));
    }
}
