using Orkestra.Asl;

namespace Orkestra.Engine.Nodes;

/// <summary>
/// The field <c>ErrorEquals</c> (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html):
/// <c>States.ALL</c> matches everything but <c>States.Runtime</c>, also (whatever the documentation says) a task's <c>States.DataLimitExceeded</c>;
/// <c>States.TaskFailed</c> leaves out <c>States.Timeout</c> and (whatever the documentation says) <c>States.QueryEvaluationError</c> too; any other name matches itself.
/// </summary>
internal sealed class ErrorMatcher(string[] names)
{
    /// <summary>Whether the names take an error.</summary>
    /// <param name="failure">The error.</param>
    /// <param name="isMeasured">Whether the execution follows what was measured in 2026.</param>
    internal bool Matches(ExecutionFailure failure, bool isMeasured)
    {
        if (failure.IsTerminal) return false;
        foreach (var name in names)
        {
            if (name switch
            {
                ErrorNames.All => failure.Error != ErrorNames.Runtime,
                ErrorNames.TaskFailed => failure.Error is not (ErrorNames.Runtime or ErrorNames.Timeout) && (!isMeasured || failure.Error != ErrorNames.QueryEvaluationError),
                ErrorNames.HeartbeatTimeout => failure.IsHeartbeat || failure.Error == ErrorNames.HeartbeatTimeout,
                _ => failure.Error == name,
            })
            {
                return true;
            }
        }

        return false;
    }
}
