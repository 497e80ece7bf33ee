namespace Orkestra.Authoring;

/// <summary>When and how often failed work is tried again (https://states-language.net/spec.html#retrying-after-error).</summary>
public sealed record RetryPolicy
{
    /// <summary>
    /// The names of the errors to retry: type names of exceptions (<c>nameof(HttpRequestException)</c>) or names of the language (<c>States.Timeout</c>).
    /// <c>States.ALL</c> by default, which is every error but those that end a run at once.
    /// </summary>
    public IReadOnlyList<string> Errors { get; init; } = ["States.ALL"];

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

    /// <summary>A policy with the default intervals.</summary>
    public static implicit operator RetryPolicy(int maxAttempts) => new() { MaxAttempts = maxAttempts };

    /// <summary>A policy with the default intervals.</summary>
    public static RetryPolicy FromInt32(int maxAttempts) => new() { MaxAttempts = maxAttempts };
}
