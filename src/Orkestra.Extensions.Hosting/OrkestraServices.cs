using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Client;
using Orkestra.Hosting;
using Orkestra.Hosting.StepLogs;

namespace Orkestra.Extensions.Hosting;

/// <summary>Adds Orkestra to the services of a .NET host.</summary>
public static class OrkestraServices
{
    /// <summary>
    /// Adds one <see cref="OrkestraRuntime"/> as a singleton, and a hosted service around it. When the host starts, stored executions go on. When it stops, the runtime
    /// refuses new executions, waits within the host's shutdown timeout (<c>HostOptions.ShutdownTimeout</c>) until no step works any more, and suspends what still runs.
    /// Hosted services stop in the reverse order of their registration: add those that start executions after this call. Further calls add to the same runtime. Each workflow's
    /// <see cref="IWorkflowClient{TWorkflow}"/> is a singleton of the container.
    /// </summary>
    /// <example><code>
    /// builder.Services.AddOrkestra(orkestra =>
    /// {
    ///     orkestra.UseSqlite("orkestra.db");
    ///     orkestra.AddWorkflow&lt;PlaceOrder&gt;();
    /// });
    /// </code></example>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Adds workflows, the store and more; called at once.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOrkestra(this IServiceCollection services, Action<OrkestraBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var builder = services.FirstOrDefault(service => service.ServiceType == typeof(OrkestraBuilder) && !service.IsKeyedService)?.ImplementationInstance as OrkestraBuilder;
        if (builder is null)
        {
            var added = builder = new OrkestraBuilder(services);
            services.AddSingleton(added);
            services.TryAddSingleton(provider => added.Build(provider));
            services.TryAddSingleton(provider => added.Connect(provider));
            services.TryAddEnumerable(ServiceDescriptor.Singleton<ILoggerProvider, StepLoggerProvider>());
            services.AddSingleton(provider => new OrkestraHostedService(provider, added, HostLog.Of(provider, "Orkestra.Hosting")));
            services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<OrkestraHostedService>());
        }

        configure?.Invoke(builder);
        return services;
    }
}
