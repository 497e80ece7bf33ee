using System.Collections.Concurrent;
using Orkestra.Engine;
using Orkestra.Hosting;
using Orkestra.Hosting.Running;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Runs;

/// <summary>
/// The health of each workflow over its last runs. It is read again only when an execution of the workflow has changed, so that the home page costs the same however many
/// runs are stored. Safe to use from any thread.
/// </summary>
internal sealed class WorkflowCatalog : IDisposable
{
    /// <summary>How many runs the health is about.</summary>
    internal const int RunsShown = 30;

    readonly OrkestraRuntime runtime;
    readonly ChangeSubscription changes;
    readonly ConcurrentDictionary<string, long> versions = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, (long Version, WorkflowHealth Health)> known = new(StringComparer.Ordinal);

    internal WorkflowCatalog(OrkestraRuntime runtime)
    {
        this.runtime = runtime;
        changes = runtime.Changes.Subscribe(start =>
        {
            versions.AddOrUpdate(start.Machine.StateMachineArn, 1, (_, version) => version + 1);
            return false;
        });
    }

    /// <summary>The state machines, by name.</summary>
    internal IReadOnlyList<RegisteredStateMachine> All => [.. runtime.StateMachines.All.OrderBy(machine => machine.Identity.Name, StringComparer.OrdinalIgnoreCase).ThenBy(machine => machine.Arn, StringComparer.Ordinal)];

    /// <summary>A state machine by its name or its ARN; null when it is not registered.</summary>
    internal RegisteredStateMachine? Find(string nameOrArn) => runtime.StateMachines.Find(nameOrArn);

    /// <summary>What names a state machine in addresses: its name, or its ARN when another one has the same name.</summary>
    internal string KeyOf(RegisteredStateMachine machine) => ReferenceEquals(Find(machine.Identity.Name), machine) ? machine.Identity.Name : machine.Arn;

    internal async Task<WorkflowHealth> HealthOfAsync(string machineArn, CancellationToken cancellationToken)
    {
        // What changes while it is read makes it old again.
        var version = versions.GetValueOrDefault(machineArn);
        if (known.TryGetValue(machineArn, out var last) && last.Version == version) return last.Health;
        var page = await runtime.QueryAsync(new ExecutionQuery { StateMachineArn = machineArn, Limit = RunsShown }, cancellationToken).ConfigureAwait(false);
        var health = new WorkflowHealth(page.Executions);
        known[machineArn] = (version, health);
        return health;
    }

    public void Dispose() => changes.Dispose();
}

/// <summary>The last runs of a workflow.</summary>
/// <param name="Runs">The runs, newest first.</param>
internal sealed record WorkflowHealth(IReadOnlyList<ExecutionRecord> Runs)
{
    readonly double[] durations =
    [
        .. Runs.Where(run => run.Status == ExecutionStatus.Succeeded).Select(run => (run.StopTime!.Value - run.StartTime).TotalSeconds).Order(),
    ];

    internal int Ended => Runs.Count(run => run.Status != ExecutionStatus.Running);

    /// <summary>The part of the ended runs that succeeded, from 0 to 1; null when no run has ended.</summary>
    internal double? SuccessRate => Ended == 0 ? null : (double)durations.Length / Ended;

    /// <summary>Durations of runs that succeeded, in seconds; null when there is no such run.</summary>
    internal double? Median => Percentile(0.5);

    internal double? Percentile95 => Percentile(0.95);

    /// <summary>Runs that work three times as long as 95 of 100 runs did, and at least a minute. One that only waits is not late.</summary>
    internal IEnumerable<ExecutionRecord> Late(DateTimeOffset now) => Percentile95 is { } usual
        ? Runs.Where(run => run.Status == ExecutionStatus.Running && !run.IsIdle && (now - run.StartTime).TotalSeconds > Math.Max(60, 3 * usual))
        : [];

    double? Percentile(double part) => durations.Length == 0 ? null : durations[Math.Min(durations.Length - 1, (int)Math.Ceiling(part * durations.Length) - 1)];
}
