using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>Starts the runs of schedules when they are due, until the host stops.</summary>
internal sealed partial class ScheduleHostedService(OrkestraBuilder builder, IServiceProvider services, ILogger logger) : IHostedService, IDisposable
{
    /// <summary>A fire time that is later than this was missed.</summary>
    internal static readonly TimeSpan Grace = TimeSpan.FromMinutes(1);

    // A clock that was set, or a machine that slept, is noticed after this time.
    static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    // What fails because of the store is tried again after this real time.
    static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource stopping = new();
    WorkflowSchedules schedules = null!;
    OrkestraRuntime runtime = null!;
    Task? loop;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (builder.IsRemote)
        {
            LogRemote();
            return;
        }

        (runtime, schedules) = (services.GetRequiredService<OrkestraRuntime>(), services.GetRequiredService<WorkflowSchedules>());
        // Before anything runs, so that a mistake ends the start of the host, and rates count from here.
        await schedules.ReadAsync(schedules.Definitions, cancellationToken).ConfigureAwait(false);
        loop = Task.Run(RunAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        if (loop is not null) await loop.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => stopping.Dispose();

    async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var changes = schedules.WhenChanged;
                if (await FireAsync().ConfigureAwait(false) is { } next) await SleepAsync(next, changes).ConfigureAwait(false);
                else await Task.Delay(PauseAfterFailure, TimeProvider.System, stopping.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The host stops. What is due now is started after the restart.
        }
    }

    /// <summary>Starts what is due.</summary>
    /// <returns>The next fire time, or the far future; null when something failed and has to be tried again.</returns>
    async Task<DateTimeOffset?> FireAsync()
    {
        DateTimeOffset? next = DateTimeOffset.MaxValue;
        try
        {
            var known = schedules.Definitions;
            var records = await schedules.ReadAsync(known, stopping.Token).ConfigureAwait(false);
            foreach (var definition in known.Values)
            {
                if (records[definition.Name] is not { IsPaused: false } record) continue;
                var now = schedules.Clock.GetUtcNow();
                try
                {
                    await FireAsync(definition, record, now).ConfigureAwait(false);
                }
#pragma warning disable CA1031 // A schedule that fails does not keep the others from theirs.
                catch (Exception problem) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogFailed(definition.Name, problem.GetType().Name, problem.Message);
                    next = null;
                }

                // What comes due while runs are started is next, too.
                var coming = definition.Times.Next(now, record.Since);
                if (coming < next) next = coming;
            }
        }
#pragma warning disable CA1031 // The store is asked again.
        catch (Exception problem) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed("*", problem.GetType().Name, problem.Message);
            return null;
        }

        return next;
    }

    async Task FireAsync(ScheduleDefinition definition, ScheduleRecord record, DateTimeOffset now)
    {
        var (missed, last) = (0, (DateTimeOffset?)null);
        foreach (var time in definition.Times.After(record.SettledUntil, record.Since).TakeWhile(time => time <= now))
        {
            if (now - time <= Grace || definition.Options.Missed == MissedRuns.RunAll)
            {
                // The latest one of those that were missed is older than those that are in time: only what is in time runs then.
                await StartAsync(definition, time).ConfigureAwait(false);
                last = null;
            }
            else
            {
                missed++;
                last = time;
            }
        }

        if (missed > 0) LogMissed(definition.Name, missed, definition.Options.Missed);
        if (last is not { } latest) return;
        if (definition.Options.Missed == MissedRuns.RunLatest) await StartAsync(definition, latest).ConfigureAwait(false);
        else await schedules.Store.SetSettledAsync(definition.Name, latest, null, null, stopping.Token).ConfigureAwait(false);
    }

    async Task StartAsync(ScheduleDefinition definition, DateTimeOffset time)
    {
        var machine = schedules.MachineOf(definition);
        string name;
        JsonValue input;
        try
        {
            var key = definition.KeyAt(time);
            name = key is null ? RunNames.OfFireTime(definition.Name, time) : RunNames.OfKey(machine.Identity.Name, key);
            input = definition.InputAt(machine, time, key);
        }
#pragma warning disable CA1031 // What the program's function throws, it throws again. The next fire time may be better.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            await SkipAsync(definition, time, problem).ConfigureAwait(false);
            return;
        }

        stopping.Token.ThrowIfCancellationRequested();
        StartOutcome run;
        try
        {
            // Not started when it was before a restart, by another process, or by a backfill.
            run = await runtime.StartIfNewAsync(machine, input, name).ConfigureAwait(false);
        }
        catch (InvalidOperationException) when (stopping.IsCancellationRequested)
        {
            throw new OperationCanceledException(stopping.Token);
        }
        catch (ArgumentException problem)
        {
            await SkipAsync(definition, time, problem).ConfigureAwait(false);
            return;
        }

        // The start is stored first: when this is lost, the name keeps the run from being started again.
        await schedules.Store.SetSettledAsync(definition.Name, time, time, run.ExecutionArn, stopping.Token).ConfigureAwait(false);
        if (run.IsNew) LogStarted(definition.Name, time, run.ExecutionArn);
        schedules.Changed();
    }

    async Task SkipAsync(ScheduleDefinition definition, DateTimeOffset time, Exception problem)
    {
        LogNoInput(definition.Name, time, problem.GetType().Name, problem.Message);
        await schedules.Store.SetSettledAsync(definition.Name, time, null, null, stopping.Token).ConfigureAwait(false);
    }

    async Task SleepAsync(DateTimeOffset next, Task changes)
    {
        var now = schedules.Clock.GetUtcNow();
        var delay = next - now < LongestSleep ? next - now : LongestSleep;
        if (delay <= TimeSpan.Zero) return;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        var sleep = Task.Delay(delay, schedules.Clock, ended.Token);
        // A clock that was moved while the timer was made would wake too late.
        if (schedules.Clock.GetUtcNow() - now < TimeSpan.FromSeconds(1)) await Task.WhenAny(sleep, changes).ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        stopping.Token.ThrowIfCancellationRequested();
    }

    [LoggerMessage(EventId = 11, EventName = "ScheduleStarted", Level = LogLevel.Information, Message = "The schedule {Schedule} started its run of {FireTime:O}: {ExecutionArn}.")]
    partial void LogStarted(string schedule, DateTimeOffset fireTime, string executionArn);

    [LoggerMessage(EventId = 12, EventName = "ScheduleMissed", Level = LogLevel.Warning, Message = "The schedule {Schedule} missed {Count} fire times. Policy: {Policy}.")]
    partial void LogMissed(string schedule, int count, MissedRuns policy);

    [LoggerMessage(EventId = 13, EventName = "ScheduleInput", Level = LogLevel.Error, Message = "The schedule {Schedule} starts no run for {FireTime:O}, because its input cannot be made. {Error}: {Reason}")]
    partial void LogNoInput(string schedule, DateTimeOffset fireTime, string error, string reason);

    [LoggerMessage(EventId = 14, EventName = "ScheduleFailed", Level = LogLevel.Error, Message = "The schedule {Schedule} could not start its run and tries again. {Error}: {Reason}")]
    partial void LogFailed(string schedule, string error, string reason);

    [LoggerMessage(EventId = 15, EventName = "SchedulesRemote", Level = LogLevel.Warning,
        Message = "Schedules start nothing in this process, because executions run elsewhere. Deploy them there, such as with Orkestra.Cdk.")]
    partial void LogRemote();
}
