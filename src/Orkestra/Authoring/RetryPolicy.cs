using Orkestra.Asl;

namespace Orkestra.Authoring;

/// <summary>When and how often failed work is tried again (https://states-language.net/spec.html#retrying-after-error).</summary>
public sealed record RetryPolicy
{
    /// <summary>
    /// The exact names of the errors to retry: type names of exceptions (<c>nameof(HttpRequestException)</c>) or names of the language (<c>States.Timeout</c>).
    /// The default is <c>States.ALL</c>: every error except those that end a run at once. To include derived exceptions, start from <see cref="For{TException}"/>.
    /// </summary>
    public IReadOnlyList<string> Errors
    {
        get;
        init => (field, Exception) = (value, null);
    } = [ErrorNames.All];

    /// <summary>The exception to retry with all that derive from it; null when <see cref="Errors"/> says it.</summary>
    internal Type? Exception { get; init; }

    /// <summary>How often to try again, at least 0. 3 by default.</summary>
    public int MaxAttempts { get; init; } = 3;

    /// <summary>The time before the first retry, in whole seconds, at least 1. One second by default.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the interval is multiplied with on each further retry, at least 1. 2 by default.</summary>
    public double BackoffRate { get; init; } = 2;

    /// <summary>The longest interval, in whole seconds; unlimited when null, which is the default.</summary>
    public TimeSpan? MaxDelay { get; init; }

    /// <summary>Whether intervals are randomised. They are not by default.</summary>
    public JitterStrategy Jitter { get; init; }

    /// <summary>A policy with the default intervals for an exception and all that derive from it, as C#'s <c>catch</c> matches; <see cref="System.Exception"/> is every error.</summary>
    /// <typeparam name="TException">The exception.</typeparam>
    /// <example><code>Retry = RetryPolicy.For&lt;HttpRequestException&gt;() with { MaxAttempts = 5 }</code></example>
    public static RetryPolicy For<TException>()
        where TException : Exception =>
        typeof(TException) == typeof(Exception) ? new() : new() { Errors = [typeof(TException).Name], Exception = typeof(TException) };

    /// <summary>A policy with the default intervals.</summary>
    public static implicit operator RetryPolicy(int maxAttempts) => new() { MaxAttempts = maxAttempts };

    /// <summary>A policy with the default intervals.</summary>
    public static RetryPolicy FromInt32(int maxAttempts) => new() { MaxAttempts = maxAttempts };
}
