namespace Orkestra.Lambda.Observability;

/// <summary>
/// Traces: one span for each step, a child of the span in X-Ray's header, from the ActivitySource named <c>Orkestra</c>. The package Orkestra.OpenTelemetry
/// exports them. Tags that a step sets on the current <see cref="System.Diagnostics.Activity"/> become annotations; tags that begin with <c>metadata.</c> become metadata.
/// </summary>
public sealed class TraceOptions
{
    /// <summary>Whether spans are made. True by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// Whether a span holds the step's output. False by default, as outputs may hold what traces must not, such as personal data. An output of more than 32 KiB is
    /// replaced with its size.
    /// </summary>
    public bool CaptureResponse { get; set; }

    /// <summary>Whether a span holds an exception's message and stack. True by default; otherwise it holds only the error's name.</summary>
    public bool CaptureError { get; set; } = true;
}
