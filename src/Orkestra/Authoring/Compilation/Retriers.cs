using Orkestra.Asl;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes a Retrier of a policy.</summary>
internal static class Retriers
{
    public static Retrier Of(RetryPolicy policy, string owner)
    {
        if (policy.Errors.Count == 0) throw new WorkflowException($"A retry of {owner} names no error: name at least one, or leave Errors as it is for all.");
        if (policy.MaxAttempts < 0) throw new WorkflowException($"A retry of {owner} has {policy.MaxAttempts} attempts: choose 0 or more.");
        if (policy.BackoffRate is < 1 or double.NaN or double.PositiveInfinity) throw new WorkflowException($"A retry of {owner} has the backoff rate {policy.BackoffRate}: choose 1 or more.");
        return new Retrier
        {
            ErrorEquals = EquatableList.Create(policy.Errors),
            IntervalSeconds = Seconds.Of(policy.Interval, $"The retry interval of {owner}"),
            MaxAttempts = policy.MaxAttempts,
            BackoffRate = policy.BackoffRate,
            MaxDelaySeconds = policy.MaxDelay is { } delay ? Seconds.Of(delay, $"The longest retry interval of {owner}") : null,
            JitterStrategy = policy.Jitter == JitterStrategy.Full ? "FULL" : null,
        };
    }
}
