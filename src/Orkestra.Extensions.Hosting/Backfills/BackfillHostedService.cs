using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orkestra.Extensions.Hosting.Backfills;

/// <summary>Goes on with stored backfills when the host starts, and stops them with it.</summary>
internal sealed class BackfillHostedService(OrkestraBuilder builder, IServiceProvider services) : IHostedService
{
    WorkflowBackfills? backfills;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Where the runs are elsewhere, nothing is started from here.
        if (builder.IsRemote) return Task.CompletedTask;
        backfills = services.GetRequiredService<WorkflowBackfills>();
        return backfills.ContinueStoredAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => backfills?.StopAsync(cancellationToken) ?? Task.CompletedTask;
}
