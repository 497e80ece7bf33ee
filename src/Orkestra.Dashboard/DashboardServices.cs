using Orkestra.Dashboard.Access;
using Orkestra.Dashboard.Runs;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting;
using Orkestra.Local;

namespace Orkestra.Dashboard;

/// <summary>What one mounted dashboard works with.</summary>
internal sealed class DashboardServices(OrkestraRuntime runtime, StepFunctionsService? service, DashboardOptions options) : IDisposable
{
    internal OrkestraRuntime Runtime { get; } = runtime;

    /// <summary>The service with versions, aliases and tags; null when the app has none.</summary>
    internal StepFunctionsService? Service { get; } = service;

    /// <summary>The schedules; null when the program has none.</summary>
    internal WorkflowSchedules? Schedules { get; init; }

    /// <summary>The backfills; null when no workflow has partition keys.</summary>
    internal WorkflowBackfills? Backfills { get; init; }

    internal bool IsReadOnly { get; } = options.IsReadOnly;

    internal DashboardGuard Guard { get; } = new(options);

    internal RunReader Runs { get; } = new(runtime);

    internal WorkflowCatalog Workflows { get; } = new(runtime);

    internal DateTimeOffset Now => Runtime.Clock.TimeProvider.GetUtcNow();

    public void Dispose() => Workflows.Dispose();
}
