using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;
using Orkestra.Lambda.Tracing;

namespace Orkestra.OpenTelemetry;

/// <summary>Sends traces on.</summary>
public static class OpenTelemetryServices
{
    /// <summary>
    /// Sends the spans of steps on with OTLP, to where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> says: in Lambda a collector that a layer brings
    /// (https://aws-otel.github.io/docs/getting-started/lambda), which is at the default, <c>http://localhost:4317</c>. In Lambda everything is sent before an
    /// invocation is answered. A function starts slower with it, so give its step a longer timeout.
    /// </summary>
    /// <param name="services">The services of the program.</param>
    /// <param name="configure">Adds further sources, instrumentation and exporters; OTLP is left out when <paramref name="otlp"/> is false.</param>
    /// <param name="otlp">Whether spans are sent with OTLP. True by default.</param>
    public static IServiceCollection AddOrkestraOpenTelemetry(this IServiceCollection services, Action<TracerProviderBuilder>? configure = null, bool otlp = true)
    {
        ArgumentNullException.ThrowIfNull(services);
        XRayTraceIds.Use(TimeProvider.System);
        services.AddSingleton(_ => Build(configure, otlp));
        services.AddSingleton<ITelemetryFlush>(provider => new TracerFlush(provider.GetRequiredService<TracerProvider>()));
        return services;
    }

    static TracerProvider Build(Action<TracerProviderBuilder>? configure, bool otlp)
    {
        var builder = Sdk.CreateTracerProviderBuilder()
            .AddSource("Orkestra")
            .ConfigureResource(FunctionResource.Describe)
            .SetSampler(new ParentBasedSampler(new AlwaysOnSampler()))
            .AddProcessor(new XRayAttributes());
        configure?.Invoke(builder);
        if (otlp)
            builder.AddOtlpExporter(static options => options.ExportProcessorType = global::OpenTelemetry.ExportProcessorType.Batch);
        return builder.Build();
    }
}
