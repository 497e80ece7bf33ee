namespace Orkestra.Asl;

/// <summary>The two kinds of state machine the service offers; the document does not say which it is for.</summary>
public enum StateMachineType
{
    /// <summary><c>STANDARD</c>: up to a year, each step exactly once, history kept.</summary>
    Standard,

    /// <summary><c>EXPRESS</c>: up to five minutes, history only in logs, no callbacks, jobs or activities.</summary>
    Express,
}
