using Microsoft.Extensions.DependencyInjection;

namespace Orkestra.Lambda.Observability;

/// <summary>Sets observability where services are added, which is the same place for a local run and for Lambda.</summary>
public static class ObservabilityServices
{
    /// <summary>Sets what functions tell of themselves.</summary>
    public static IServiceCollection AddObservability(this IServiceCollection services, Action<ObservabilityOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new ObservabilityOptions();
        configure(options);
        return services.AddSingleton(options);
    }
}
