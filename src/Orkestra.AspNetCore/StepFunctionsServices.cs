using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Orkestra.Local;

namespace Orkestra.AspNetCore;

/// <summary>Adds the Step Functions service to an app.</summary>
public static class StepFunctionsServices
{
    /// <summary>
    /// Adds a <see cref="StepFunctionsService"/> over the app's <see cref="OrkestraRuntime"/>, which is added too (<see cref="OrkestraServices.AddOrkestra"/>) and may be configured
    /// there. The service opens before stored executions resume. An <see cref="ICatalogStore"/> of the container is used unless the options name one.
    /// </summary>
    /// <example><code>
    /// builder.Services.AddOrkestra(orkestra => orkestra.AddWorkflow&lt;PlaceOrder&gt;());
    /// builder.Services.AddStepFunctions();
    /// var app = builder.Build();
    /// app.MapStepFunctions("/");
    /// </code></example>
    /// <param name="services">The services of the app.</param>
    /// <param name="configure">Changes the options; called once, when the service is made.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The service was added before.</exception>
    public static IServiceCollection AddStepFunctions(this IServiceCollection services, Action<StepFunctionsOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(StepFunctionsService))) throw new InvalidOperationException($"{nameof(AddStepFunctions)} was called before. Call it once.");
        services.AddOrkestra();
        services.AddSingleton(provider =>
        {
            var options = new StepFunctionsOptions();
            configure?.Invoke(options);
            options.Catalog ??= provider.GetService<ICatalogStore>();
            return new StepFunctionsService(provider.GetRequiredService<OrkestraRuntime>(), options);
        });
        services.AddSingleton<IHostedService>(provider => new StepFunctionsOpening(provider.GetRequiredService<StepFunctionsService>()));
        return services;
    }
}
