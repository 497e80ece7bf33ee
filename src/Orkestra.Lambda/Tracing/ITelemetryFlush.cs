namespace Orkestra.Lambda.Tracing;

/// <summary>
/// Something that must be sent before an invocation is answered, because Lambda freezes the process right after. Register it with the container's services.
/// </summary>
public interface ITelemetryFlush
{
    /// <summary>Sends what is waiting. What goes wrong is logged and does not fail the step.</summary>
    ValueTask FlushAsync(CancellationToken cancellationToken);
}
