namespace Orkestra.Engine;

/// <summary>Statuses of executions as AWS writes them. Safe to use from any thread.</summary>
public static class ExecutionStatusName
{
    /// <summary>The name: <c>RUNNING</c>, <c>SUCCEEDED</c>, <c>FAILED</c>, <c>TIMED_OUT</c> or <c>ABORTED</c>.</summary>
    /// <param name="status">The status.</param>
    public static string Of(ExecutionStatus status) => status == ExecutionStatus.TimedOut ? "TIMED_OUT" : status.ToString().ToUpperInvariant();
}
