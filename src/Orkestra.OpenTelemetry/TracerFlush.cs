using OpenTelemetry.Trace;
using Orkestra.Lambda.Tracing;

namespace Orkestra.OpenTelemetry;

/// <summary>Sends the spans that wait.</summary>
internal sealed class TracerFlush(TracerProvider provider) : ITelemetryFlush
{
    // A collector in the same sandbox answers in milliseconds; one that does not must not use up the function's time.
    const int MaxMilliseconds = 1000;

    public ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        provider.ForceFlush(MaxMilliseconds);
        return default;
    }
}
