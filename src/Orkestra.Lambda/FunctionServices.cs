using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring.Functions;
using Orkestra.Lambda.Observability;
using Orkestra.Lambda.Tracing;

namespace Orkestra.Lambda;

/// <summary>The services of a program, of which a container is made only for a function that can ask for one: that takes as long as several steps.</summary>
/// <param name="registered">The services.</param>
/// <param name="make">Makes the container.</param>
internal sealed class FunctionServices(IServiceCollection registered, Func<IServiceProvider> make)
{
    /// <summary>The services of the function of a step; null when it needs none.</summary>
    public IServiceProvider? For(FunctionStep step) => step.UsesServices || HasObservability ? make() : null;

    bool HasObservability
    {
        get
        {
            foreach (var service in registered)
            {
                if (service.ServiceType == typeof(ObservabilityOptions) || service.ServiceType == typeof(ILoggerProvider) || service.ServiceType == typeof(ITelemetryFlush))
                    return true;
            }

            return false;
        }
    }
}
