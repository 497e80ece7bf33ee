namespace Orkestra.Hosting.Logging;

/// <summary>Which events of an execution are logged (https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html).</summary>
public enum ExecutionLogLevel
{
    /// <summary>None.</summary>
    Off,

    /// <summary>The end of an execution that does not succeed.</summary>
    Fatal,

    /// <summary>Every failure, also one that is retried or caught.</summary>
    Error,

    /// <summary>All.</summary>
    All,
}
