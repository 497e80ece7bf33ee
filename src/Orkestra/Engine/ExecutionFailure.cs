using Orkestra.Asl;

namespace Orkestra.Engine;

/// <summary>An error of a run: what Retry and Catch look at, and what a failed execution ends with.</summary>
internal sealed class ExecutionFailure
{
    readonly object? cause;

    internal ExecutionFailure(string? error, object? cause, bool terminal = false)
    {
        Error = error;
        this.cause = LazyCause.Limit(cause);
        IsTerminal = terminal;
    }

    /// <summary>The error's name; null when a Fail state names none.</summary>
    internal string? Error { get; }

    /// <summary>The error's description; often JSON text.</summary>
    internal string? Cause => LazyCause.TextOf(cause);

    /// <summary>Whether neither Retry nor Catch may handle it.</summary>
    internal bool IsTerminal { get; }

    /// <summary>The field whose evaluation failed; null when it was no evaluation or no field is to blame.</summary>
    internal string? Location { get; init; }

    /// <summary>Whether an EvaluationFailed event records it.</summary>
    internal bool IsEvaluation { get; init; }

    /// <summary>Whether it is a missed heartbeat, which also goes by the name <c>States.HeartbeatTimeout</c>.</summary>
    internal bool IsHeartbeat { get; init; }

    /// <summary>Whether a time limit passed.</summary>
    internal bool IsTimeout => Error == ErrorNames.Timeout;

    /// <summary>A result is larger than the quota.</summary>
    internal static ExecutionFailure Oversized(string what, bool terminal) =>
        new(ErrorNames.DataLimitExceeded, $"The state/task '{what}' returned a result with a size exceeding the maximum number of bytes service limit.", terminal);

    /// <summary>Variables are larger than the quota.</summary>
    internal static ExecutionFailure OversizedVariables(string state) =>
        new(ErrorNames.DataLimitExceeded, $"The state '{state}' assigned variables with a size exceeding the maximum number of bytes service limit.", terminal: true);
}
