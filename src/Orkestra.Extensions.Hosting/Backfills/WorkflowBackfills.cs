using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting.Backfills;

/// <summary>
/// Runs a workflow for many partition keys. Each key has one run with a name that follows from the key, so no key is run twice by accident; a key that is run again on purpose
/// gets a rerun. Backfills are stored when the runtime's store implements <see cref="IBackfillStore"/>, as that of <c>UseSqlite</c> does, and then go on after a restart. Safe to use
/// from any thread.
/// </summary>
/// <example><code>
/// var plan = await backfills.PlanAsync&lt;DailyReport, DateOnly&gt;(WorkflowBackfills.Days(from, to));
/// var backfill = await backfills.StartAsync(plan);
/// await backfills.WaitAsync(backfill.Backfill.Id);
/// </code></example>
public sealed class WorkflowBackfills : IDisposable
{
    /// <summary>The largest number of keys of one backfill.</summary>
    public const int MaxKeys = 10_000;

    readonly OrkestraRuntime runtime;
    readonly ILogger logger;
    readonly ConcurrentDictionary<string, BackfillRun> running = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stopping = new();

    internal WorkflowBackfills(OrkestraRuntime runtime, WorkflowPartitions partitions, ILogger logger)
    {
        (this.runtime, Partitions, this.logger) = (runtime, partitions, logger);
        Store = runtime.Options.Store as IBackfillStore ?? new InMemoryExecutionStore();
    }

    /// <summary>The names of the workflows that have partition keys, in order.</summary>
    public IReadOnlyList<string> Workflows => Partitions.Workflows;

    internal WorkflowPartitions Partitions { get; }

    internal IBackfillStore Store { get; }

    DateTimeOffset Now => runtime.Options.TimeProvider.GetUtcNow();

    /// <summary>The type of the partition keys of a workflow; null when it has none.</summary>
    /// <param name="workflow">The name of the workflow.</param>
    public Type? KeyTypeOf(string workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return Partitions.Find(workflow)?.KeyType;
    }

    /// <summary>The days from one to another, both included; none when the second is before the first.</summary>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    public static IEnumerable<DateOnly> Days(DateOnly from, DateOnly to) => PartitionKeys.Days(from, to);

    /// <summary>A dry run: finds the runs that the keys have, and says which would be started. Starts and stores nothing.</summary>
    /// <typeparam name="TWorkflow">The workflow, which was added with its partitions.</typeparam>
    /// <typeparam name="TKey">The type of its keys.</typeparam>
    /// <param name="keys">The keys; those that are there twice count once.</param>
    /// <param name="options">Policy, order and concurrency; the defaults of <see cref="BackfillOptions"/> when null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The workflow has no partitions, there are no keys or more than <see cref="MaxKeys"/>, or an option is out of range.</exception>
    /// <exception cref="InvalidOperationException">The workflow is not registered, is Express, or has keys of another type.</exception>
    public Task<BackfillPlan> PlanAsync<TWorkflow, TKey>(IEnumerable<TKey> keys, BackfillOptions? options = null, CancellationToken cancellationToken = default)
        where TWorkflow : Workflow
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(keys);
        var machine = new WorkflowReference(typeof(TWorkflow), null).In(runtime);
        var known = Partitions.Of(machine.Identity.Name);
        return PlanAsync(machine, keys.Select(key => known.TextOf(key)), options, cancellationToken);
    }

    /// <summary>A dry run for keys as texts.</summary>
    /// <param name="workflow">The name of the workflow.</param>
    /// <param name="keys">The keys, as they are written: a day as <c>2026-03-01</c>.</param>
    /// <param name="options">Policy, order and concurrency; the defaults of <see cref="BackfillOptions"/> when null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The workflow has no partitions, there are no keys or more than <see cref="MaxKeys"/>, or an option is out of range.</exception>
    /// <exception cref="FormatException">A text is not a key.</exception>
    /// <exception cref="InvalidOperationException">The workflow is not registered, or is Express.</exception>
    public Task<BackfillPlan> PlanAsync(string workflow, IEnumerable<string> keys, BackfillOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(keys);
        var known = Partitions.Of(workflow);
        return PlanAsync(new WorkflowReference(null, workflow).In(runtime), keys.Select(known.Canonical), options, cancellationToken);
    }

    /// <summary>Starts a backfill. A run that came into being since the plan was made is not started again: the backfill waits for it.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cancellationToken">Ends the call before the backfill is stored.</param>
    /// <returns>The backfill, once it is stored. It goes on until it is done, also after a restart.</returns>
    /// <exception cref="ObjectDisposedException">The host stops.</exception>
    public async Task<BackfillProgress> StartAsync(BackfillPlan plan, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ObjectDisposedException.ThrowIf(stopping.IsCancellationRequested, this);
        var now = Now;
        var isEmpty = plan.Runs == 0;
        var backfill = new BackfillRecord
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Workflow = plan.Workflow,
            Keys = plan.Entries is [var only] ? only.Key : $"{plan.Entries[0].Key} … {plan.Entries[^1].Key}",
            Policy = plan.Options.Policy.ToString(),
            Concurrency = plan.Options.Concurrency,
            Status = isEmpty ? BackfillStatus.Completed : BackfillStatus.Running,
            Created = now,
            Ended = isEmpty ? now : null,
        };
        var items = plan.Entries.Select((entry, position) => new BackfillItem
        {
            Position = position,
            Key = entry.Key,
            RunName = entry.RunName,
            EarlierRuns = entry.EarlierRuns,
            Status = entry.IsRun ? BackfillItemStatus.Pending : BackfillItemStatus.Skipped,
        }).ToList();
        await Store.CreateBackfillAsync(backfill, items, cancellationToken).ConfigureAwait(false);
        if (!isEmpty) Continue(backfill, items);
        return new BackfillProgress(backfill, items);
    }

    /// <summary>All backfills, newest first.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<BackfillRecord>> ListAsync(CancellationToken cancellationToken = default) => await Store.ReadBackfillsAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>A backfill with its keys; null when it is not known.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<BackfillProgress?> FindAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        var backfill = (await Store.ReadBackfillsAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(known => known.Id == id);
        return backfill is null ? null : new BackfillProgress(backfill, await Store.ReadBackfillItemsAsync(id, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>How many keys of a backfill have each status; empty when the backfill is not known. Reads less than <see cref="FindAsync"/>.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyDictionary<BackfillItemStatus, int>> CountAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        return await Store.CountBackfillItemsAsync(id, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Pauses a backfill: it starts no further runs. Those that were started go on.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it is paused now: false when it has ended or is not known.</returns>
    public Task<bool> PauseAsync(string id, CancellationToken cancellationToken = default) => SetAsync(id, BackfillStatus.Paused, cancellationToken);

    /// <summary>Lets a paused backfill go on.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it goes on: false when it has ended or is not known.</returns>
    public Task<bool> ResumeAsync(string id, CancellationToken cancellationToken = default) => SetAsync(id, BackfillStatus.Running, cancellationToken);

    /// <summary>Cancels a backfill: keys that wait are not run. Runs that were started go on to their end; stop them one by one if you have to.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether it was cancelled: false when it had ended or is not known.</returns>
    public Task<bool> CancelAsync(string id, CancellationToken cancellationToken = default) => SetAsync(id, BackfillStatus.Cancelled, cancellationToken);

    /// <summary>Waits until every run of a backfill that was started has ended.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the waiting; the backfill goes on.</param>
    /// <returns>The backfill as it stands then.</returns>
    /// <exception cref="ArgumentException">There is no such backfill.</exception>
    /// <exception cref="OperationCanceledException">The host stops, or the token was cancelled.</exception>
    public async Task<BackfillProgress> WaitAsync(string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (running.TryGetValue(id, out var run)) await run.Completion.WaitAsync(cancellationToken).ConfigureAwait(false);
        stopping.Token.ThrowIfCancellationRequested();
        return await FindAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new ArgumentException($"There is no backfill '{id}'.", nameof(id));
    }

    /// <summary>Frees what backfills hold. The container of the host calls it.</summary>
    public void Dispose() => stopping.Dispose();

    /// <summary>Goes on with the backfills that the store has.</summary>
    internal async Task ContinueStoredAsync(CancellationToken cancellationToken)
    {
        // A mistake in what was registered ends the start of the host.
        _ = Partitions.Workflows;
        foreach (var backfill in await Store.ReadBackfillsAsync(cancellationToken).ConfigureAwait(false))
        {
            var items = await Store.ReadBackfillItemsAsync(backfill.Id, cancellationToken).ConfigureAwait(false);
            // One that was cancelled may still have runs under way.
            if (backfill.Ended is null || items.Any(item => item.Status == BackfillItemStatus.Running)) Continue(backfill, items);
        }
    }

    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running.Values.Select(run => run.Completion)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Says to pages that something has changed.</summary>
    internal void Changed() => runtime.Changes.PublishOther();

    void Continue(BackfillRecord backfill, IReadOnlyList<BackfillItem> items)
    {
        var run = new BackfillRun(this, runtime, backfill, items, logger, stopping.Token);
        if (!running.TryAdd(backfill.Id, run)) return;
        run.Start(() => running.TryRemove(backfill.Id, out _));
        Changed();
    }

    async Task<bool> SetAsync(string id, BackfillStatus status, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!await Store.SetBackfillStatusAsync(id, status, status == BackfillStatus.Cancelled ? Now : null, cancellationToken).ConfigureAwait(false)) return false;
        if (running.TryGetValue(id, out var run)) run.Set(status);
        Changed();
        return true;
    }

    async Task<BackfillPlan> PlanAsync(RegisteredStateMachine machine, IEnumerable<string> keys, BackfillOptions? options, CancellationToken cancellationToken)
    {
        options ??= new BackfillOptions();
        if (machine.Type == StateMachineType.Express)
            throw new InvalidOperationException($"{machine.Identity.Name} is an Express workflow, whose runs have no unique names, so it cannot be known which keys were run. Use a Standard workflow.");
        if (options.Concurrency is < 1 or > BackfillOptions.MaxConcurrency) throw new ArgumentException($"The concurrency is {options.Concurrency}: choose 1 to {BackfillOptions.MaxConcurrency}.", nameof(options));
        var wanted = keys.Distinct(StringComparer.Ordinal).Take(MaxKeys + 1).ToList();
        if (wanted.Count == 0) throw new ArgumentException("There are no keys. Name at least one, and the first day before the last.", nameof(keys));
        if (wanted.Count > MaxKeys) throw new ArgumentException($"There are more than {MaxKeys} keys. Do them in several backfills.", nameof(keys));
        if (options.Order == BackfillOrder.Backward) wanted.Reverse();
        var entries = new List<BackfillEntry>(wanted.Count);
        foreach (var key in wanted)
        {
            var (newest, count) = await Partitions.RunsOfAsync(machine, key, cancellationToken).ConfigureAwait(false);
            var isRun = newest is null || (newest.StopTime is not null && (options.Policy == BackfillPolicy.All || (options.Policy == BackfillPolicy.MissingAndFailed && WorkflowPartitions.HasFailed(newest))));
            entries.Add(new BackfillEntry(key, isRun ? WorkflowPartitions.NextName(machine, key, count) : newest!.Name, newest, count, isRun));
        }

        return new BackfillPlan(machine.Identity.Name, options, entries);
    }
}
