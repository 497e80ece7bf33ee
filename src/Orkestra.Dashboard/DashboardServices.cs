using Orkestra.Authoring;
using Orkestra.Dashboard.Access;
using Orkestra.Dashboard.Pages;
using Orkestra.Dashboard.Runs;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
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

    /// <inheritdoc cref="DashboardOptions.FindWorkflow"/>
    internal Func<string, CompiledWorkflow?>? FindWorkflow { get; } = options.FindWorkflow;

    /// <summary>The workflow in C# behind a state machine; null for a document.</summary>
    internal WorkflowDefinition? DefinitionOf(string stateMachineArn) =>
        Runtime.StateMachines.Find(stateMachineArn) is { } machine ? InputField.DefinitionOf(machine) ?? FindWorkflow?.Invoke(machine.Identity.Name)?.Definition : null;

    internal bool IsReadOnly { get; } = options.IsReadOnly;

    /// <summary>Differs from that of every other process, so that a page that comes back after a restart is not told that it knows everything.</summary>
    internal string Epoch { get; } = Guid.NewGuid().ToString("N")[..12];

    internal DashboardGuard Guard { get; } = new(options);

    internal RunReader Runs { get; } = new(runtime);

    internal WorkflowCatalog Workflows { get; } = new(runtime);

    /// <summary>Why the store cannot be written; null when it can, as far as is known.</summary>
    internal string? WriteProblem => (Runtime.Options.Store as IStoreCondition)?.WriteProblem;

    internal DateTimeOffset Now => Runtime.Options.TimeProvider.GetUtcNow();

    public void Dispose() => Workflows.Dispose();
}
