using Microsoft.Extensions.Hosting;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite;

namespace Orkestra.Serving;

/// <summary>Deletes executions that have ended while the server runs, at its start and once an hour.</summary>
internal sealed class RetentionService(SqliteExecutionStore store, RetentionPolicy policy, TimeProvider clock) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await store.PruneAsync(policy, stoppingToken).ConfigureAwait(false);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ExecutionStoreException)
            {
                // The store reports its failures to those who write; the next turn tries again.
                await Task.Delay(Pause, clock, CancellationToken.None).WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
