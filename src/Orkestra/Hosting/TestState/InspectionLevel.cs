namespace Orkestra.Hosting.TestState;

/// <summary>How much a test of a state tells.</summary>
public enum InspectionLevel
{
    /// <summary>Status, output, error and the state that follows.</summary>
    Info,

    /// <summary>Also what became of the data between input and output.</summary>
    Debug,

    /// <summary>As <see cref="Debug"/>, and the request and response of an HTTP task.</summary>
    Trace,
}
