using Orkestra.Authoring;
using Orkestra.Engine;

namespace Orkestra.Client;

/// <summary>An execution that was waited for ended without an output.</summary>
public sealed class WorkflowExecutionException : Exception
{
    internal WorkflowExecutionException(string arn, ExecutionStatus status, string? error, string? cause)
        : base(Sentence(arn, status, error, cause))
    {
        ExecutionArn = arn;
        Status = status;
        Error = error;
        Cause = cause;
    }

    /// <summary>The execution.</summary>
    public string ExecutionArn { get; }

    /// <summary>How it ended.</summary>
    public ExecutionStatus Status { get; }

    /// <summary>The error's name; null when it has none.</summary>
    public string? Error { get; }

    /// <summary>The error's cause, often JSON text; null when it has none.</summary>
    public string? Cause { get; }

    static string Sentence(string arn, ExecutionStatus status, string? error, string? cause) => status switch
    {
        ExecutionStatus.Aborted => $"The execution {arn} was stopped.",
        ExecutionStatus.TimedOut => $"The execution {arn} took longer than its timeout.",
        _ => $"The execution {arn} failed with {error ?? "an error without a name"}: {new Failure("", cause).Message}",
    };
}
