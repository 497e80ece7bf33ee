using Microsoft.Extensions.Hosting;
using Orkestra.Local;

namespace Orkestra.AspNetCore;

/// <summary>Opens the service before any hosted service starts: executions that resume find their state machines.</summary>
internal sealed class StepFunctionsOpening(StepFunctionsService service) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => service.OpenAsync(cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
