using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Orkestra.Authoring.Payloads;

namespace Orkestra.Authoring;

/// <summary>
/// What came of work whose errors are captured: a value, or an error. It travels as <c>{"Value": …}</c> or <c>{"Error": …, "Cause": …}</c>, so the two are told
/// apart by their shape.
/// </summary>
/// <typeparam name="T">The value.</typeparam>
[JsonConverter(typeof(OutcomeConverterFactory))]
public sealed record Outcome<T>
{
    readonly T? value;

    Outcome(T? value, Failure? failure)
    {
        this.value = value;
        Failure = failure;
    }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(false, nameof(Failure), nameof(Error))]
    public bool IsSuccess => Failure is null;

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is an error instead; look at <see cref="IsSuccess"/> first.</exception>
    public T Value => IsSuccess ? value! : throw new InvalidOperationException($"This outcome holds the error {Error} and no value: {Failure.Message}");

    /// <summary>The error, or null when there is a value.</summary>
    public Failure? Failure { get; }

    /// <summary>The error's name, or null when there is a value; <see cref="Failure.Error"/>.</summary>
    public string? Error => Failure?.Error;

    /// <summary>What is known about the error, or null; <see cref="Failure.Cause"/>.</summary>
    public string? Cause => Failure?.Cause;

    /// <summary>The value, or another when there is an error.</summary>
    public T ValueOr(T other) => IsSuccess ? value! : other;

    /// <summary>A value for a value or for an error.</summary>
    public TResult Match<TResult>(Func<T, TResult> success, Func<Failure, TResult> failure)
    {
        ArgumentNullException.ThrowIfNull(success);
        ArgumentNullException.ThrowIfNull(failure);
        return IsSuccess ? success(value!) : failure(Failure);
    }

    /// <summary>The value or the error as a text for people.</summary>
    public override string ToString() => IsSuccess ? $"{value}" : $"{Error}: {Failure.Message}";

    internal static Outcome<T> OfValue(T value) => new(value, null);

    internal static Outcome<T> OfFailure(Failure failure) => new(default, failure);
}
