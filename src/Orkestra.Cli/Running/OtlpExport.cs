using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Orkestra.Cli.Running;

/// <summary>Exports the traces and metrics of the server over OTLP when the environment names a receiver (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).</summary>
internal static class OtlpExport
{
    const string Source = "Orkestra";

    /// <summary>What sends the rest when it is disposed; null when nothing is exported.</summary>
    internal static IDisposable? Start() =>
        IsSet("OTEL_EXPORTER_OTLP_ENDPOINT") || IsSet("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") || IsSet("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT") ? Export() : null;

    static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    // OpenTelemetry is loaded only when it is used. OTEL_SERVICE_NAME goes before the name here.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static Exporters Export()
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("orkestra").AddTelemetrySdk().AddEnvironmentVariableDetector();
        return new(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Source).AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Source).AddOtlpExporter().Build());
    }

    sealed class Exporters(TracerProvider traces, MeterProvider metrics) : IDisposable
    {
        public void Dispose()
        {
            traces.Dispose();
            metrics.Dispose();
        }
    }
}
