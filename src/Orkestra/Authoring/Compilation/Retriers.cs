using Orkestra.Asl;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes a Retrier of a policy.</summary>
internal static class Retriers
{
    static readonly string[] Reserved =
    [
        ErrorNames.All, ErrorNames.BranchFailed, ErrorNames.DataLimitExceeded, ErrorNames.ExceedToleratedFailureThreshold, ErrorNames.HeartbeatTimeout, ErrorNames.HttpSocket, ErrorNames.IntrinsicFailure,
        ErrorNames.ItemReaderFailed, ErrorNames.NoChoiceMatched, ErrorNames.ParameterPathFailure, ErrorNames.Permissions, ErrorNames.QueryEvaluationError, ErrorNames.ResultPathMatchFailure,
        ErrorNames.ResultWriterFailed, ErrorNames.Runtime, ErrorNames.TaskFailed, ErrorNames.Timeout,
    ];

    const int MostAttempts = 99_999_999;

    // In days (https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html).
    const int LongestExecution = 365;

    /// <summary>The retriers of policies before those a state has already; the one for all errors comes last, as the language requires, and there is only one.</summary>
    public static EquatableList<Retrier> Together(IReadOnlyList<RetryPolicy> policies, EquatableList<Retrier> others, ExceptionNames exceptions, string owner)
    {
        Retrier[] own = [.. policies.Select(policy => Of(policy, exceptions, owner))];
        for (var i = 1; i < own.Length; i++)
        {
            if (IsForAll(own[i]) || own.Take(i).FirstOrDefault(earlier => own[i].ErrorEquals.All(earlier.ErrorEquals.Contains)) is null) continue;
            throw new WorkflowException($"{owner} retries {Errors(policies[i])} after a retry that takes {(policies[i].Errors.Count == 1 ? "it" : "them")} already, so the second would never be used: remove it, or put the one for the more derived exception first.");
        }

        Retrier[] all = [.. own, .. others];
        if (all.Count(IsForAll) > 1) throw new WorkflowException($"{owner} has two retries for all errors, of which the second would never be used: keep one of them.");
        return [.. all.Where(retrier => !IsForAll(retrier)), .. all.Where(IsForAll)];
    }

    static string Errors(RetryPolicy policy) => string.Join(", ", policy.Errors.Select(static error => error[(error.LastIndexOf('.') + 1)..]));

    static bool IsForAll(Retrier retrier) => retrier.ErrorEquals.Contains(ErrorNames.All);

    // What all retries wait together.
    static TimeSpan LongestWait(RetryPolicy policy)
    {
        var longest = policy.MaxDelay?.TotalSeconds ?? double.PositiveInfinity;
        var (sum, interval, left) = (0.0, policy.Interval.TotalSeconds, policy.MaxAttempts);
        while (left > 0 && interval < longest && policy.BackoffRate > 1 && sum < TimeSpan.MaxValue.TotalSeconds)
        {
            sum += interval;
            interval *= policy.BackoffRate;
            left--;
        }

        sum += left * Math.Min(interval, longest);
        return sum < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(sum) : TimeSpan.MaxValue;
    }

    static Retrier Of(RetryPolicy policy, ExceptionNames exceptions, string owner)
    {
        if (policy.Errors.Count == 0) throw new WorkflowException($"A retry of {owner} names no error: name at least one, or leave Errors as it is for all.");
        if (policy.Errors.Count > 1 && policy.Errors.Contains(ErrorNames.All))
            throw new WorkflowException($"A retry of {owner} names {ErrorNames.All} beside other errors, but it has to stand alone: leave the others out.");
        if (policy.MaxAttempts < 0) throw new WorkflowException($"A retry of {owner} has {policy.MaxAttempts} attempts: choose 0 or more.");
        if (policy.MaxAttempts > MostAttempts) throw new WorkflowException($"A retry of {owner} has {policy.MaxAttempts} attempts: choose {MostAttempts} or less.");
        if (policy.BackoffRate is < 1 or double.NaN or double.PositiveInfinity) throw new WorkflowException($"A retry of {owner} has the backoff rate {policy.BackoffRate}: choose 1 or more.");
        if (policy.MaxDelay < policy.Interval)
            throw new WorkflowException($"A retry of {owner} waits {policy.Interval} at first, but its longest interval is {policy.MaxDelay}: choose a longest interval that is not shorter than the first one.");
        foreach (var error in policy.Errors)
        {
            // A name that isn't like one of these may be newer than this version.
            if (error.StartsWith("States.", StringComparison.Ordinal) && !Reserved.Contains(error) && Payloads.SimilarName.Of(error, Reserved) is { } near)
                throw new WorkflowException($"A retry of {owner} is for '{error}', and Step Functions has no such error. Did you mean '{near}'?");
        }

        if (LongestWait(policy) is { TotalDays: > LongestExecution } wait)
            throw new WorkflowException($"A retry of {owner} waits {(wait == TimeSpan.MaxValue ? "for more than thousands of years" : $"{wait.TotalDays:0} days")} in all, but an execution ends after {LongestExecution} days: choose fewer attempts, or limit the interval with MaxDelay.");
        return new Retrier
        {
            ErrorEquals = EquatableList.Create(exceptions.Matching(policy)),
            IntervalSeconds = Seconds.Of(policy.Interval, $"The retry interval of {owner}"),
            MaxAttempts = policy.MaxAttempts,
            BackoffRate = policy.BackoffRate,
            MaxDelaySeconds = policy.MaxDelay is { } delay ? Seconds.Of(delay, $"The longest retry interval of {owner}") : null,
            JitterStrategy = policy.Jitter == JitterStrategy.Full ? "FULL" : null,
        };
    }
}
