namespace Orkestra.Engine;

/// <summary>How a service integration is waited for (https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html).</summary>
public enum TaskPattern
{
    /// <summary>The answer to the request is the result.</summary>
    RequestResponse,

    /// <summary><c>.sync</c>: the end of the job that the request started is the result.</summary>
    Sync,

    /// <summary><c>.waitForTaskToken</c>: what is sent back with the task's token is the result.</summary>
    WaitForTaskToken,
}
