namespace Orkestra.Lambda.Observability;

/// <summary>
/// What a function tells of itself. One switch is for all (<see cref="Enabled"/>, or the workflow's own <c>Observability</c>), and each part has one. A
/// variable of the function's environment (<see cref="FunctionVariables"/>) comes before what is set here, so that it can be changed without a deployment of
/// code.
/// </summary>
public sealed class ObservabilityOptions
{
    /// <summary>Whether anything is told; null, the default, leaves it to the workflow.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The service that logs, metrics and traces are told to be of; the workflow's name by default, or <c>service_undefined</c> for a step alone.</summary>
    public string? Service { get; set; }

    /// <summary>Structured logs.</summary>
    public LogOptions Logs { get; } = new();

    /// <summary>Metrics.</summary>
    public MetricOptions Metrics { get; } = new();

    /// <summary>Traces.</summary>
    public TraceOptions Traces { get; } = new();
}
