using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Orkestra.Client.Connections;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting;

/// <summary>Adds the health of Orkestra to the health checks of an app.</summary>
public static class OrkestraHealth
{
    /// <summary>
    /// Adds a check. It is unhealthy when the host is not running, when the store cannot be read, or when the endpoint or AWS does not answer; it is degraded when stored executions
    /// could not be resumed, or when executions are suspended because of a failure of the store.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The name of the check; <c>orkestra</c> by default.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    /// <returns>The same health checks.</returns>
    public static IHealthChecksBuilder AddOrkestra(this IHealthChecksBuilder builder, string name = "orkestra", IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, services => new Check(services), null, tags));
    }

    sealed class Check(IServiceProvider services) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            if (services.GetService<OrkestraHostedService>() is not { } hosted) return Failed($"{nameof(OrkestraServices.AddOrkestra)} was not called.");
            if (!hosted.IsRunning) return Failed("The host is starting or stopping.");
            try
            {
                if (services.GetRequiredService<OrkestraBuilder>().IsRemote)
                    await services.GetRequiredService<WorkflowConnection>().CallAsync("ListStateMachines", JsonObject.Create(("maxResults", 1)), cancellationToken).ConfigureAwait(false);
                else return await OfRuntimeAsync(services.GetRequiredService<OrkestraRuntime>(), hosted.NotResumed, cancellationToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever the store or the service throws is a failure of it.
            catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                return Failed($"{problem.GetType().Name}: {problem.Message}", problem);
            }

            return HealthCheckResult.Healthy();

            HealthCheckResult Failed(string description, Exception? problem = null) => new(context.Registration.FailureStatus, description, problem);
        }

        static async Task<HealthCheckResult> OfRuntimeAsync(OrkestraRuntime runtime, int notResumed, CancellationToken cancellationToken)
        {
            await runtime.QueryAsync(new ExecutionQuery { Limit = 1 }, cancellationToken).ConfigureAwait(false);
            var suspended = runtime.SuspendedExecutions;
            var data = new Dictionary<string, object> { ["notResumed"] = notResumed, ["suspended"] = suspended };
            return notResumed + suspended == 0 ? HealthCheckResult.Healthy(data: data)
                : HealthCheckResult.Degraded($"{notResumed} stored executions could not be resumed; {suspended} were suspended because their store failed.", data: data);
        }
    }
}
