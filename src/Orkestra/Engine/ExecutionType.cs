namespace Orkestra.Engine;

/// <summary>The kind of an execution.</summary>
public enum ExecutionType
{
    /// <summary>Long-lived, its history is kept, at most 25,000 events.</summary>
    Standard,

    /// <summary>At most five minutes long, without a limit on events; it cannot wait for callbacks or activities.</summary>
    Express,
}
