using System.Collections.Concurrent;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Commands;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Running;

/// <summary>Brings executions back from the store: to go on with them, or to look at them. Safe to use from any thread.</summary>
internal sealed class StoredExecutions(OrkestraRuntime runtime, IExecutionStore store)
{
    /// <summary>How many executions a page has while all of them are resumed.</summary>
    const int PageSize = 200;

    readonly ConcurrentDictionary<string, Task> stopping = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, Lazy<Task<ExecutionPump?>>> resuming = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, bool> suspended = new(StringComparer.Ordinal);

    /// <summary>The execution with an ARN, resumed; null when the store does not know it.</summary>
    /// <exception cref="ExecutionReplayException">It cannot be resumed.</exception>
    /// <exception cref="ExecutionStoreException">It could not be stored that it goes on here; another runtime may have gone on with it.</exception>
    internal async Task<ExecutionPump?> ResumeAsync(string arn, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Of several that ask for it at the same time, all get it once it goes on, with its tokens known.
            var turn = new Lazy<Task<ExecutionPump?>>(() => ResumeStoredAsync(arn));
            var resume = resuming.GetOrAdd(arn, turn);
            var pump = await resume.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            // A Map that brings its child back does so on its own.
            if (pump is not null || resume == turn) return pump;
        }
    }

    /// <summary>
    /// The execution with an ARN that was to be started again. It goes on where it does; another runtime would lose it to this one, so that it is resumed only when the store
    /// suspended it here, or when a task started it, which goes on here.
    /// </summary>
    internal async Task<ExecutionPump?> StartedBeforeAsync(string arn, string? startedBy)
    {
        if (startedBy is not null || suspended.ContainsKey(arn)) return await ResumeAsync(arn, CancellationToken.None).ConfigureAwait(false);
        if (await LoadAsync(arn, CancellationToken.None).ConfigureAwait(false) is not { } loaded) return null;
        var pump = PumpOf(loaded.Plan, loaded.Signals);
        pump.Restore(loaded.Signals, elsewhere: arn);
        return runtime.Executions.Find(arn) ?? pump;
    }

    /// <summary>The task that waits for a token, with its execution resumed; null when the store knows none.</summary>
    internal async Task<(ExecutionPump Pump, TaskId Task)?> FindTaskAsync(string taskToken, CancellationToken cancellationToken)
    {
        while (await store.FindTokenOwnerAsync(taskToken, cancellationToken).ConfigureAwait(false) is { } arn && await ResumeAsync(arn, cancellationToken).ConfigureAwait(false) is { } pump)
        {
            if (runtime.Tokens.TryFind(taskToken, out var owner)) return owner;
            // Otherwise it went on with another callback meanwhile, and left the memory again.
            if (runtime.Executions.Find(arn) == pump) return null;
        }

        return null;
    }

    /// <summary>The store suspended an execution that went on here.</summary>
    internal void Suspended(string arn) => suspended[arn] = true;

    async Task<ExecutionPump?> ResumeStoredAsync(string arn)
    {
        try
        {
            while (true)
            {
                // First: what is read of one that is in memory may be outdated before it is used.
                if (await runtime.Executions.FindStartedAsync(arn).ConfigureAwait(false) is { } known) return known;
                if (await LoadAsync(arn, CancellationToken.None).ConfigureAwait(false) is not var (plan, signals)) return null;
                if (await GoAsync(arn, PumpOf(plan, signals), signals).ConfigureAwait(false) is { } resumed) return resumed;
            }
        }
        finally
        {
            resuming.TryRemove(arn, out _);
        }
    }

    ExecutionPump PumpOf(ExecutionPlan plan, IReadOnlyList<ExecutionSignal> signals)
    {
        var machine = signals[0].Start!.Machine.StateMachineArn;
        return runtime.NewPump(plan, runtime.InvokerOf(machine), new ExecutionOptions { Logging = runtime.StateMachines.Find(machine)?.Logging }, isChild: signals[0].Start!.Parent is not null);
    }

    internal async Task<ResumeSummary> ResumeAllAsync(CancellationToken cancellationToken)
    {
        var resumed = new List<string>();
        var failed = new Dictionary<string, Exception>(StringComparer.Ordinal);
        string? token = null;
        do
        {
            var page = await store.QueryAsync(new ExecutionQuery { Status = ExecutionStatus.Running, Limit = PageSize, PageToken = token }, cancellationToken).ConfigureAwait(false);
            foreach (var (arn, problem) in await Task.WhenAll(page.Executions.Select(execution => ResumeAsync(execution, cancellationToken))).ConfigureAwait(false))
            {
                if (problem is null) resumed.Add(arn);
                else failed.Add(arn, problem);
            }

            token = page.NextToken;
        }
        while (token is not null);

        return new ResumeSummary(resumed, failed);
    }

    async Task<(string Arn, Exception? Problem)> ResumeAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        try
        {
            if (runtime.Idle!.IsOn && execution.IsIdle) await LeaveAsync(execution, cancellationToken).ConfigureAwait(false);
            else await ResumeAsync(execution.Arn, cancellationToken).ConfigureAwait(false);
            return (execution.Arn, null);
        }
        catch (Exception problem) when (problem is ExecutionReplayException or FormatException or ExecutionStoreException)
        {
            return (execution.Arn, problem);
        }
    }

    // One that only waits need not be in memory before it is due, but it has to be possible to go on with it.
    async Task LeaveAsync(ExecutionRecord execution, CancellationToken cancellationToken)
    {
        var registered = runtime.StateMachines.Find(execution.StateMachineArn)?.Plan;
        if (registered?.DefinitionHash != execution.DefinitionHash && await store.FindRevisionAsync(execution.DefinitionHash, cancellationToken).ConfigureAwait(false) is null)
            throw NoDefinition(execution.Arn, execution.DefinitionHash);
        if (execution.NextDue is { } due) runtime.Idle!.WakeAt(due.UtcTicks);
    }

    static ExecutionReplayException NoDefinition(string arn, string? hash) => new($"The definition {hash} of the execution '{arn}' is neither registered nor stored.");

    /// <summary>An execution that is not in memory, as it is stored.</summary>
    internal async Task<ExecutionSnapshot?> ReadAsync(string arn, CancellationToken cancellationToken)
    {
        if (await LoadAsync(arn, cancellationToken).ConfigureAwait(false) is not { } loaded) return null;
        var execution = new Execution(loaded.Plan);
        Replay.Apply(execution, loaded.Signals, dropsHistory: false);
        return ExecutionSnapshot.Of(execution);
    }

    /// <summary>Starts a child execution, or goes on with it where it was.</summary>
    internal async Task<(ExecutionPump Child, Task<ExecutionResult> Ended)> StartOrResumeChildAsync(StartChild command, Func<ExecutionPump> create)
    {
        if (stopping.TryGetValue(command.MapRunArn, out var stop)) await stop.ConfigureAwait(false);
        var arn = command.Start.ResolveArn();
        while (true)
        {
            // A callback or a stop may bring it back at the same time, without its parent.
            var resumed = new TaskCompletionSource<ExecutionPump?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var turn = new Lazy<Task<ExecutionPump?>>(resumed.Task);
            var first = resuming.GetOrAdd(arn, turn);
            if (first != turn)
            {
                await ((Task)first.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            ExecutionPump? child;
            bool isNew;
            try
            {
                child = await runtime.Executions.FindStartedAsync(arn).ConfigureAwait(false);
                if (child is not null) return (child, EndOf(child, command));
                var signals = await store.ReadSignalsAsync(arn, CancellationToken.None).ConfigureAwait(false);
                child = create();
                child.HandOver();
                isNew = signals.Count == 0;
                if (!isNew) child.Restore(signals);
                if (!runtime.Executions.TryAdd(arn, child, out child)) return (child, EndOf(child, command));
                if (!isNew) _ = child.Continue();
            }
            finally
            {
                resuming.TryRemove(arn, out _);
                // Those who waited look for it again.
                resumed.SetResult(null);
            }

            if (isNew) return (child, child.RunAsync(command.Start, CancellationToken.None).AsTask());
            // On this thread, so that the parent sees the end before it starts the next child, as in the first run.
            child.Execute();
            return (child, EndOf(child, command));
        }
    }

    /// <summary>Stops the children of a Map Run that the store knows as running and that are not in memory.</summary>
    internal async Task StopChildrenAsync(string mapRunArn)
    {
        // A redrive of the Map Run waits until this has ended.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stopping[mapRunArn] = ended.Task;
        await StopRunningChildrenAsync(mapRunArn).ConfigureAwait(false);
        stopping.TryRemove(new KeyValuePair<string, Task>(mapRunArn, ended.Task));
        ended.SetResult();
    }

    async Task StopRunningChildrenAsync(string mapRunArn)
    {
        try
        {
            var query = new ExecutionQuery { MapRunArn = mapRunArn, Status = ExecutionStatus.Running, Limit = PageSize };
            var page = await store.QueryAsync(query, CancellationToken.None).ConfigureAwait(false);
            while (page.Executions.Count > 0)
            {
                foreach (var execution in page.Executions)
                {
                    var pump = runtime.Executions.Find(execution.Arn) ?? await ResumeAsync(execution.Arn, CancellationToken.None).ConfigureAwait(false);
                    if (pump is not null) await pump.PostAsync(pump.StopSignal(null, null)).ConfigureAwait(false);
                }

                if (page.NextToken is null) break;
                page = await store.QueryAsync(query with { PageToken = page.NextToken }, CancellationToken.None).ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // What is not stopped now is stopped when its parent is resumed.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }

    /// <summary>The execution a Map Run belongs to, found by one of the run's children; null when the store knows none.</summary>
    internal async Task<ExecutionSnapshot?> FindMapRunOwnerAsync(string mapRunArn)
    {
        var page = await store.QueryAsync(new ExecutionQuery { MapRunArn = mapRunArn, Limit = 1 }, CancellationToken.None).ConfigureAwait(false);
        return page.Executions is [{ Parent: { } parent }] ? await runtime.FindAsync(parent.ExecutionArn).ConfigureAwait(false) : null;
    }

    async Task<ExecutionResult> EndOf(ExecutionPump child, StartChild command)
    {
        var ended = await child.Completion().ConfigureAwait(false);
        var known = Math.Max(ended.LastMapRunRedrive, ended.Start.Parent?.Redrives ?? 0);
        if (command.Redrives <= known || ended.IsSuccess) return ended;
        var holdsClock = child.WasHandedOver;
        child.HandOver();
        // A child that ended may have left the memory.
        runtime.Executions.TryAdd(command.Start.ResolveArn(), child, out _);
        await child.RedriveAsync(command.Redrives).ConfigureAwait(false);
        if (holdsClock) runtime.Clock.EndPump();
        return await child.Completion().ConfigureAwait(false);
    }

    // One pump for each ARN. Null when there is another one, such as that of a start whose name turns out to be used.
    async Task<ExecutionPump?> GoAsync(string arn, ExecutionPump pump, IReadOnlyList<ExecutionSignal> signals)
    {
        pump.Restore(signals);
        if (!runtime.Executions.TryAdd(arn, pump, out _)) return null;
        var stored = pump.Continue();
        pump.Queue();
        await stored.ConfigureAwait(false);
        suspended.TryRemove(arn, out _);
        return pump;
    }

    async Task<(ExecutionPlan Plan, IReadOnlyList<ExecutionSignal> Signals)?> LoadAsync(string arn, CancellationToken cancellationToken)
    {
        var signals = await store.ReadSignalsAsync(arn, cancellationToken).ConfigureAwait(false);
        if (signals.Count == 0) return null;
        var start = signals[0].Start ?? throw new ExecutionReplayException($"The first signal of the execution '{arn}' must be '{ExecutionSignalKind.Started}', but it is '{signals[0].Kind}'.");
        return (await PlanOf(arn, start, cancellationToken).ConfigureAwait(false), signals);
    }

    async Task<ExecutionPlan> PlanOf(string arn, ExecutionStart start, CancellationToken cancellationToken)
    {
        if (start.Parent is { } parent) return await ChildPlanOf(arn, start, parent, cancellationToken).ConfigureAwait(false);
        var registered = runtime.StateMachines.Find(start.Machine.StateMachineArn)?.Plan;
        if (registered is not null && (start.DefinitionHash is null || registered.DefinitionHash == start.DefinitionHash)) return registered;
        var revision = start.DefinitionHash is { } hash ? await store.FindRevisionAsync(hash, cancellationToken).ConfigureAwait(false) : null;
        if (revision is null) throw NoDefinition(arn, start.DefinitionHash);
        return AslReader.Read(revision.Definition).Document is { } document
            ? ExecutionPlan.Compile(document)
            : throw new ExecutionReplayException($"The stored definition {start.DefinitionHash} of the execution '{arn}' cannot be read.");
    }

    // A child runs the item processor of a Map of its parent; the label in the names of its machine and of its Map Run tells which.
    async Task<ExecutionPlan> ChildPlanOf(string arn, ExecutionStart start, ParentMapRun parent, CancellationToken cancellationToken)
    {
        var snapshot = await runtime.FindAsync(parent.ExecutionArn, cancellationToken).ConfigureAwait(false);
        return snapshot?.ChildPlanOf(parent.MapRunArn)
            ?? throw new ExecutionReplayException($"The Map Run '{parent.MapRunArn}' of the child execution '{arn}' ({start.Machine.Name}) is not known to its parent.");
    }
}
