using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting.Backfills;

/// <summary>The workflows with partition keys, and the runs of their keys.</summary>
internal sealed class WorkflowPartitions(IEnumerable<PartitionKeys> registrations, OrkestraRuntime runtime)
{
    /// <summary>How many reruns of one key are looked for.</summary>
    const int MostReruns = 1_000;

    readonly Lazy<IReadOnlyDictionary<string, PartitionKeys>> all = new(() =>
    {
        var known = new Dictionary<string, PartitionKeys>(StringComparer.Ordinal);
        foreach (var keys in registrations)
        {
            if (!known.TryAdd(keys.Workflow.In(runtime).Identity.Name, keys)) throw new InvalidOperationException($"The workflow {keys.Workflow.Text} has partitions already. Call AddPartitions once for it.");
        }

        return known;
    });

    /// <summary>The names of the workflows that have keys, in order.</summary>
    internal IReadOnlyList<string> Workflows => [.. all.Value.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="ArgumentException">The workflow has no keys.</exception>
    internal PartitionKeys Of(string workflow) => all.Value.GetValueOrDefault(workflow)
        ?? throw new ArgumentException($"The workflow '{workflow}' has no partitions. Add them: orkestra.AddPartitions<{workflow}, DateOnly>(day => …).", nameof(workflow));

    internal PartitionKeys? Find(string workflow) => all.Value.GetValueOrDefault(workflow);

    /// <exception cref="PayloadException">The workflow cannot read the input of the key.</exception>
    internal JsonValue InputOf(RegisteredStateMachine machine, string key) => WorkflowInput.Of(machine, Of(machine.Identity.Name).InputOf(key));

    /// <summary>The newest run of a key, and how many there are.</summary>
    internal async Task<(ExecutionRecord? Newest, int Count)> RunsOfAsync(RegisteredStateMachine machine, string key, CancellationToken cancellationToken)
    {
        var name = RunNames.OfKey(machine.Identity.Name, key);
        var newest = await FindAsync(machine, name, cancellationToken).ConfigureAwait(false);
        if (newest is null) return (null, 0);
        var count = 1;
        while (count <= MostReruns && await FindAsync(machine, Reruns.NameOf(name, count), cancellationToken).ConfigureAwait(false) is { } next) (newest, count) = (next, count + 1);
        return (newest, count);
    }

    /// <summary>The name of the next run of a key.</summary>
    internal static string NextName(RegisteredStateMachine machine, string key, int existing)
    {
        var name = RunNames.OfKey(machine.Identity.Name, key);
        return existing == 0 ? name : Reruns.NameOf(name, existing);
    }

    internal static bool HasFailed(ExecutionRecord run) => run.Status is ExecutionStatus.Failed or ExecutionStatus.TimedOut or ExecutionStatus.Aborted;

    Task<ExecutionRecord?> FindAsync(RegisteredStateMachine machine, string name, CancellationToken cancellationToken) =>
        runtime.FindRecordAsync(machine.ExecutionArn(name), cancellationToken);
}
