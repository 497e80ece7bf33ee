using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;

namespace Orkestra.Authoring;

/// <summary>
/// Makes outcomes and works with many of them. <see cref="Values{T}(IEnumerable{Outcome{T}})"/>, <see cref="Failures{T}(IEnumerable{Outcome{T}})"/>, <c>Select</c>, <c>SelectMany</c> and <see cref="Outcome{T}.Match"/>
/// also work in the expressions of a flow, where they become JSONata.
/// </summary>
public static class Outcome
{
    /// <summary>The outcome of work that went well.</summary>
    public static Outcome<T> Success<T>(T value) => Outcome<T>.OfValue(value);

    /// <summary>The outcome of work that failed.</summary>
    /// <typeparam name="T">The value that is missing.</typeparam>
    /// <param name="error">The error's name; <see cref="Failure.Error"/>.</param>
    /// <param name="cause">What is known about it; <see cref="Failure.Cause"/>.</param>
    public static Outcome<T> Failure<T>(string error, string? cause = null) => Outcome<T>.OfFailure(new Failure(error, cause));

    /// <summary>The values of those that have one, in their order.</summary>
    public static IEnumerable<T> Values<T>(this IEnumerable<Outcome<T>> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return outcomes.Where(static outcome => outcome.IsSuccess).Select(static outcome => outcome.Value);
    }

    /// <summary>The errors of those that have no value, in their order.</summary>
    public static IEnumerable<Failure> Failures<T>(this IEnumerable<Outcome<T>> outcomes)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return outcomes.Where(static outcome => !outcome.IsSuccess).Select(static outcome => outcome.Failure!);
    }

    /// <summary>Changes the value, if there is one; an error stays as it is.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="selector">Makes the new value.</param>
    public static Outcome<TResult> Select<T, TResult>(this Outcome<T> outcome, Func<T, TResult> selector)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(selector);
        return outcome.IsSuccess ? Success(selector(outcome.Value)) : Outcome<TResult>.OfFailure(outcome.Failure);
    }

    /// <summary>Goes on with another outcome, if there is a value; the first error ends it. With it, <c>from … from … select</c> works over outcomes.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="next">The outcome that follows.</param>
    /// <param name="selector">Makes a value of both values.</param>
    public static Outcome<TResult> SelectMany<T, TNext, TResult>(this Outcome<T> outcome, Func<T, Outcome<TNext>> next, Func<T, TNext, TResult> selector)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(next);
        ArgumentNullException.ThrowIfNull(selector);
        if (!outcome.IsSuccess) return Outcome<TResult>.OfFailure(outcome.Failure);
        var value = outcome.Value;
        return next(value).Select(following => selector(value, following));
    }

    /// <summary>Goes on with the values of the outcomes that have one, in their order; errors are dropped.</summary>
    /// <param name="flow">The flow whose errors are captured.</param>
    public static Flow<TIn, T[]> Values<TIn, T>(this Flow<TIn, Outcome<T>[]> flow)
    {
        PayloadTypes.Array<T>();
        Expression<Func<Outcome<T>[], T[]>> values = static outcomes => outcomes.Values().ToArray();
        return new(new SequenceFlowNode(FlowOperations.NodeOf(flow), new SelectFlowNode(values, "outcomes => outcomes.Values()", "Values")));
    }

    /// <summary>Goes on with the errors of the outcomes that have no value, in their order.</summary>
    /// <param name="flow">The flow whose errors are captured.</param>
    public static Flow<TIn, Failure[]> Failures<TIn, T>(this Flow<TIn, Outcome<T>[]> flow)
    {
        PayloadTypes.Array<Failure>();
        Expression<Func<Outcome<T>[], Failure[]>> failures = static outcomes => outcomes.Failures().ToArray();
        return new(new SequenceFlowNode(FlowOperations.NodeOf(flow), new SelectFlowNode(failures, "outcomes => outcomes.Failures()", "Failures")));
    }
}
