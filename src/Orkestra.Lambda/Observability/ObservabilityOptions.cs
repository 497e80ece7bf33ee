namespace Orkestra.Lambda.Observability;

/// <summary>
/// The telemetry of a function. One switch is for all of it (<see cref="Enabled"/>, or the workflow's own <c>Observability</c>), and each part has a switch of its own.
/// A variable of the function's environment (<see cref="FunctionVariables"/>) takes precedence, so that it can be changed without deploying code.
/// </summary>
public sealed class ObservabilityOptions
{
    /// <summary>Whether there is any telemetry; null, the default, leaves it to the workflow.</summary>
    public bool? Enabled { get; set; }

    /// <summary>The service named in logs, metrics and traces; the workflow's name by default, or <c>service_undefined</c> for a step alone.</summary>
    public string? Service { get; set; }

    /// <summary>Structured logs.</summary>
    public LogOptions Logs { get; } = new();

    /// <summary>Metrics.</summary>
    public MetricOptions Metrics { get; } = new();

    /// <summary>Traces.</summary>
    public TraceOptions Traces { get; } = new();
}
