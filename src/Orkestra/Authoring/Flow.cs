using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>Flows to begin or to end with.</summary>
public static class Flow
{
    /// <summary>The input itself, for flows that begin with branches, a choice or an expression: <c>Flow.Input&lt;Order&gt;() &gt;&gt; (a, b)</c>. It adds no state.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    public static Flow<T, T> Input<T>() => new(IdentityFlowNode.Instance);

    /// <summary>Ends the run with an error.</summary>
    /// <typeparam name="TIn">The payload, which is not looked at.</typeparam>
    /// <typeparam name="TOut">What the flow would have given; it never does.</typeparam>
    /// <param name="error">The error's name.</param>
    /// <param name="cause">What is known about it, or null.</param>
    public static Flow<TIn, TOut> Fail<TIn, TOut>(string error, string? cause = null)
    {
        if (string.IsNullOrEmpty(error)) throw new ArgumentException("The error has no name: give it one, such as \"OutOfStock\".", nameof(error));
        return new(new FailFlowNode(error, cause));
    }

    /// <summary>
    /// Ends the run with the error that a handler was given, such as after logging it: <c>Charge.Catch&lt;IOException&gt;(Log &gt;&gt; Flow.Rethrow&lt;Receipt&gt;())</c> with a <c>Log</c> that gives
    /// its <see cref="Failure"/> back.
    /// </summary>
    /// <typeparam name="TOut">What the flow would have given; it never does.</typeparam>
    public static Flow<Failure, TOut> Rethrow<TOut>() => new(FailFlowNode.Rethrow);
}
