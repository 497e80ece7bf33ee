namespace Orkestra.Asl;

/// <summary>The two kinds of state machine, and of its executions (https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html). The document does not name it.</summary>
public enum StateMachineType
{
    /// <summary><c>STANDARD</c>: an execution takes up to a year, runs each state exactly once and keeps its history of at most 25,000 events.</summary>
    Standard,

    /// <summary><c>EXPRESS</c>: an execution takes up to five minutes, has no limit on events, writes its history to logs only, and cannot wait for callbacks, jobs or activities.</summary>
    Express,
}
