using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orkestra.Extensions.Hosting.Workers;

/// <summary>Adds workers to the services of a .NET host.</summary>
public static class WorkerServices
{
    /// <summary>
    /// Adds a hosted service that does the steps with <c>Host = StepHost.Worker</c>: it asks their activities for work, runs a bounded number of calls at the same time with the same
    /// <see cref="Authoring.StepContext"/> as everywhere, and sends heartbeats meanwhile. When the host stops, the worker takes no more work and lets running steps end within the host's shutdown
    /// timeout (<c>HostOptions.ShutdownTimeout</c>); the rest fail with <see cref="WorkerStoppedException"/>.
    /// </summary>
    /// <example><code>
    /// builder.Services.AddOrkestraWorker(worker => worker.AddWorkflow&lt;RenderVideo>());
    /// </code></example>
    /// <param name="services">The services of the host.</param>
    /// <param name="configure">Adds workflows and says where the work is; called at once.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOrkestraWorker(this IServiceCollection services, Action<WorkerBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        var builder = new WorkerBuilder();
        configure(builder);
        return services.AddSingleton<IHostedService>(provider =>
            new WorkerService(builder, provider, HostLog.Of(provider, "Orkestra.Worker")));
    }
}
