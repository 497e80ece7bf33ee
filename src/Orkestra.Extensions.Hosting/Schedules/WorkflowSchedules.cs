using Orkestra.Authoring;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>
/// The schedules of a host. A run has a name that follows from the schedule and the fire time, so that a restart, or another process on the same store, does not start it again.
/// What is paused and which fire times are settled is stored when the runtime's store implements <see cref="IScheduleStore"/>, as that of <c>UseSqlite</c> does. Safe to use from any
/// thread.
/// </summary>
public sealed class WorkflowSchedules
{
    readonly OrkestraRuntime runtime;
    readonly Lazy<IReadOnlyDictionary<string, ScheduleDefinition>> definitions;
    IReadOnlyDictionary<string, ScheduleDefinition>? all;
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal WorkflowSchedules(OrkestraRuntime runtime, WorkflowPartitions partitions, IEnumerable<ScheduleRegistration> registrations)
    {
        (this.runtime, Partitions) = (runtime, partitions);
        Store = runtime.Options.Store as IScheduleStore ?? new InMemoryExecutionStore();
        definitions = new(() =>
        {
            var known = new Dictionary<string, ScheduleDefinition>(StringComparer.Ordinal);
            foreach (var registration in registrations)
            {
                var definition = new ScheduleDefinition(registration, runtime, partitions);
                if (!known.TryAdd(definition.Name, definition)) throw new InvalidOperationException($"Two schedules have the name '{definition.Name}'. Set Name of one of them.");
            }

            return known;
        });
    }

    internal IReadOnlyDictionary<string, ScheduleDefinition> Definitions => Volatile.Read(ref all) ?? definitions.Value;

    internal IScheduleStore Store { get; }

    internal WorkflowPartitions Partitions { get; }

    internal TimeProvider Clock => runtime.Options.TimeProvider;

    /// <summary>Ends when a schedule was paused or resumed.</summary>
    internal Task WhenChanged => Volatile.Read(ref changed).Task;

    /// <summary>The schedules, by name.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<IReadOnlyList<ScheduleDescription>> ListAsync(CancellationToken cancellationToken = default)
    {
        var known = Definitions;
        var records = await ReadAsync(known, cancellationToken).ConfigureAwait(false);
        var now = Clock.GetUtcNow();
        return [.. known.Values.OrderBy(definition => definition.Name, StringComparer.Ordinal).Select(definition => Describe(definition, records[definition.Name], now))];
    }

    /// <summary>A schedule; null if no schedule has the name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ScheduleDescription?> FindAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var known = Definitions;
        if (!known.TryGetValue(name, out var definition)) return null;
        return Describe(definition, (await ReadAsync(known, cancellationToken).ConfigureAwait(false))[name], Clock.GetUtcNow());
    }

    /// <summary>The next fire times of a schedule, whether it is paused or not. Those that daylight saving time skips are among them, and do not count.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="count">How many; 10 by default.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    public async Task<IReadOnlyList<FireTime>> NextFireTimesAsync(string name, int count = 10, CancellationToken cancellationToken = default)
    {
        var (known, definition) = Get(name);
        var record = (await ReadAsync(known, cancellationToken).ConfigureAwait(false))[name];
        var times = new List<FireTime>();
        var left = count;
        foreach (var fire in definition.Times.WithChanges(Clock.GetUtcNow(), record.Since))
        {
            if (left <= 0) break;
            times.Add(fire);
            if (fire.ClockChange != ClockChange.Skipped) left--;
        }

        return times;
    }

    /// <summary>Pauses a schedule. Its fire times are skipped until it goes on.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    public Task PauseAsync(string name, CancellationToken cancellationToken = default) => SetAsync(name, true, cancellationToken);

    /// <summary>Lets a paused schedule go on with its next fire time.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    public Task ResumeAsync(string name, CancellationToken cancellationToken = default) => SetAsync(name, false, cancellationToken);

    /// <summary>Starts a run now, as if now were a fire time. The schedule itself goes on as before. With partitions it is the next run of the key of now.</summary>
    /// <param name="name">The schedule.</param>
    /// <param name="cancellationToken">Cancels the call before the run is started.</param>
    /// <returns>The run, once its start is stored.</returns>
    /// <exception cref="ArgumentException">There is no such schedule.</exception>
    /// <exception cref="Authoring.PayloadException">The workflow cannot read the input.</exception>
    /// <exception cref="InvalidOperationException">The host stops.</exception>
    public async Task<ExecutionHandle> RunNowAsync(string name, CancellationToken cancellationToken = default)
    {
        var (_, definition) = Get(name);
        var machine = MachineOf(definition);
        while (true)
        {
            var now = TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), definition.Times.Zone);
            var key = definition.KeyAt(now);
            var input = definition.InputAt(machine, now, key);
            try
            {
                var run = key is null ? RunNames.OfMoment(definition.Name, now)
                    : WorkflowPartitions.NextName(machine, key, (await Partitions.RunsOfAsync(machine, key, cancellationToken).ConfigureAwait(false)).Count);
                return await runtime.StartAsync(machine.Arn, input, run, cancellationToken).ConfigureAwait(false);
            }
            catch (ExecutionExistsException)
            {
                // Another call took the name: within the same millisecond, or for the same key.
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>
    /// Replaces the schedules that were loaded before, such as when the file they come from has changed. Those that <see cref="ScheduleExtensions"/> added stay. A loaded schedule
    /// has to be loaded again after a restart; what is stored of it, such as whether it is paused, belongs to its name.
    /// </summary>
    /// <param name="schedules">All schedules to have beside those of the program. The state machines they start are registered.</param>
    /// <returns>Those that cannot be scheduled; the others are. It is empty when all are.</returns>
    public IReadOnlyList<RefusedSchedule> Load(IEnumerable<LoadedSchedule> schedules)
    {
        ArgumentNullException.ThrowIfNull(schedules);
        var known = definitions.Value.ToDictionary(StringComparer.Ordinal);
        var refused = new List<RefusedSchedule>();
        foreach (var schedule in schedules)
        {
            try
            {
                var definition = new ScheduleDefinition(schedule.Registration, runtime, Partitions);
                if (!known.TryAdd(definition.Name, definition)) refused.Add(new RefusedSchedule(schedule, "Another schedule has this name."));
            }
            catch (Exception problem) when (problem is FormatException or InvalidOperationException or PayloadException)
            {
                refused.Add(new RefusedSchedule(schedule, problem.Message));
            }
        }

        Volatile.Write(ref all, known);
        Changed();
        return refused;
    }

    /// <summary>What is stored of each schedule. Those that are not stored yet are.</summary>
    internal async Task<IReadOnlyDictionary<string, ScheduleRecord>> ReadAsync(IReadOnlyDictionary<string, ScheduleDefinition> known, CancellationToken cancellationToken)
    {
        var stored = (await Store.ReadSchedulesAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(record => record.Name, StringComparer.Ordinal);
        foreach (var definition in known.Values)
        {
            if (stored.TryGetValue(definition.Name, out var record) && record.Expression == definition.Times.Identity) continue;
            var now = Clock.GetUtcNow();
            // Names of runs have whole seconds.
            var since = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
            stored[definition.Name] = await Store.AddScheduleAsync(
                new ScheduleRecord { Name = definition.Name, Expression = definition.Times.Identity, Since = since, IsPaused = !definition.Options.Enabled, SettledUntil = since },
                cancellationToken).ConfigureAwait(false);
        }

        return stored;
    }

    internal RegisteredStateMachine MachineOf(ScheduleDefinition definition) => new WorkflowReference(null, definition.Workflow).In(runtime);

    /// <summary>Wakes what waits for fire times, and pages.</summary>
    internal void Changed()
    {
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        runtime.Changes.PublishOther();
    }

    async Task SetAsync(string name, bool isPaused, CancellationToken cancellationToken)
    {
        var (known, _) = Get(name);
        var record = (await ReadAsync(known, cancellationToken).ConfigureAwait(false))[name];
        // What passed while it was paused is settled; what passed before it was is not.
        var settled = record.IsPaused ? Clock.GetUtcNow() : record.SettledUntil;
        await Store.SetPausedAsync(name, isPaused, settled, cancellationToken).ConfigureAwait(false);
        Changed();
    }

    (IReadOnlyDictionary<string, ScheduleDefinition> Known, ScheduleDefinition Definition) Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var known = Definitions;
        return (known, known.GetValueOrDefault(name) ?? throw new ArgumentException($"There is no schedule '{name}'.", nameof(name)));
    }

    static ScheduleDescription Describe(ScheduleDefinition definition, ScheduleRecord record, DateTimeOffset now) => new()
    {
        Name = definition.Name,
        Workflow = definition.Workflow,
        Expression = definition.Expression,
        TimeZone = definition.Times.Zone.Id,
        Description = definition.Options.Description,
        Missed = definition.Options.Missed,
        Start = definition.Options.Start,
        End = definition.Options.End,
        IsPaused = record.IsPaused,
        NextFireTime = record.IsPaused ? null : definition.Times.Next(now, record.Since),
        LastFireTime = record.LastFireTime,
        LastRun = record.LastRun,
    };
}
