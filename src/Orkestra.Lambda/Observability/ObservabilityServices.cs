using Microsoft.Extensions.DependencyInjection;

namespace Orkestra.Lambda.Observability;

/// <summary>Sets observability where services are registered, for local runs and for Lambda alike.</summary>
public static class ObservabilityServices
{
    /// <summary>Sets the telemetry of functions.</summary>
    public static IServiceCollection AddObservability(this IServiceCollection services, Action<ObservabilityOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ObservabilityOptions();
        configure(options);
        return services.AddSingleton(options);
    }
}
