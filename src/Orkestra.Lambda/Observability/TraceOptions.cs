namespace Orkestra.Lambda.Observability;

/// <summary>
/// Traces: one span a step, child of the span that X-Ray's header names, from the ActivitySource named <c>Orkestra</c>. Package Orkestra.OpenTelemetry sends
/// them on. Tags of an <see cref="System.Diagnostics.Activity"/> that a step sets become annotations, those that begin with <c>metadata.</c> metadata.
/// </summary>
public sealed class TraceOptions
{
    /// <summary>Whether spans are made. True by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether a span holds the step's output. True by default; turn it off where outputs hold what traces must not, or are long.</summary>
    public bool CaptureResponse { get; set; } = true;

    /// <summary>Whether a span holds an exception's message and stack. True by default; without it only the error's name is kept.</summary>
    public bool CaptureError { get; set; } = true;
}
