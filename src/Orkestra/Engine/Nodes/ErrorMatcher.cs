namespace Orkestra.Engine.Nodes;

/// <summary>
/// The field <c>ErrorEquals</c> (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html):
/// <c>States.ALL</c> matches everything but <c>States.DataLimitExceeded</c> and <c>States.Runtime</c>; <c>States.TaskFailed</c> also leaves out
/// <c>States.Timeout</c>; any other name matches itself.
/// </summary>
internal sealed class ErrorMatcher(string[] names)
{
    internal bool Matches(Failure failure)
    {
        if (failure.IsTerminal) return false;
        foreach (var name in names)
        {
            if (name switch
                {
                    ErrorNames.All => failure.Error is not (ErrorNames.DataLimitExceeded or ErrorNames.Runtime),
                    ErrorNames.TaskFailed => failure.Error is not (ErrorNames.DataLimitExceeded or ErrorNames.Runtime or ErrorNames.Timeout),
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
