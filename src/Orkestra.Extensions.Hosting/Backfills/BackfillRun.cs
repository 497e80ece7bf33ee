using Microsoft.Extensions.Logging;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Extensions.Hosting.Backfills;

/// <summary>One backfill under way: starts the runs of its keys and waits for them. What it does is stored before and after, so that it goes on after a restart.</summary>
internal sealed partial class BackfillRun(WorkflowBackfills owner, OrkestraRuntime runtime, BackfillRecord backfill, IReadOnlyList<BackfillItem> items, ILogger logger, CancellationToken stopping)
{
    // A store or a runtime that fails is asked again after a pause of real time.
    static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    readonly Lock gate = new();
    readonly TaskCompletionSource completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    BackfillStatus status = backfill.Status;
    TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when all runs that were started have ended, or the host stops. Never fails.</summary>
    internal Task Completion => completed.Task;

    internal void Start(Action ended) => _ = Task.Run(
        async () =>
        {
            try
            {
                await RunAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // It goes on after the restart.
            }
            finally
            {
                ended();
                completed.TrySetResult();
                owner.Changed();
            }
        },
        CancellationToken.None);

    /// <summary>The status was stored.</summary>
    internal void Set(BackfillStatus next)
    {
        TaskCompletionSource told;
        lock (gate)
        {
            if (status == BackfillStatus.Cancelled) return;
            status = next;
            (told, changed) = (changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        told.TrySetResult();
    }

    async Task RunAsync()
    {
        using var places = new SemaphoreSlim(backfill.Concurrency);
        var runs = new List<Task>();
        // Those that were started before a restart hold their places.
        foreach (var item in items.OrderByDescending(item => item.Status == BackfillItemStatus.Running).ThenBy(item => item.Position))
        {
            if (item.Status is not (BackfillItemStatus.Pending or BackfillItemStatus.Running)) continue;
            await places.WaitAsync(stopping).ConfigureAwait(false);
            if (item.Status == BackfillItemStatus.Pending && !await MayStartAsync().ConfigureAwait(false))
            {
                places.Release();
                break;
            }

            runs.Add(RunAsync(item, places));
        }

        await Task.WhenAll(runs).ConfigureAwait(false);
        // Does nothing to one that was cancelled.
        await RepeatAsync(() => owner.Store.SetBackfillStatusAsync(backfill.Id, BackfillStatus.Completed, runtime.Options.TimeProvider.GetUtcNow(), stopping).AsTask()).ConfigureAwait(false);
    }

    /// <summary>Waits while the backfill is paused.</summary>
    /// <returns>False when it was cancelled.</returns>
    async Task<bool> MayStartAsync()
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (status != BackfillStatus.Paused) return status != BackfillStatus.Cancelled;
                next = changed.Task;
            }

            await next.WaitAsync(stopping).ConfigureAwait(false);
        }
    }

    async Task RunAsync(BackfillItem item, SemaphoreSlim places)
    {
        try
        {
            if (item.Status == BackfillItemStatus.Pending) await SetAsync(item = item with { Status = BackfillItemStatus.Running }).ConfigureAwait(false);
            var (end, problem) = await RepeatAsync(() => EndOfAsync(item)).ConfigureAwait(false);
            await SetAsync(item with { Status = end == ExecutionStatus.Succeeded ? BackfillItemStatus.Succeeded : BackfillItemStatus.Failed, Problem = problem }).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }

    /// <summary>Starts the run of a key, or finds it, and waits for its end.</summary>
    async Task<(ExecutionStatus? Status, string? Problem)> EndOfAsync(BackfillItem item)
    {
        ExecutionHandle run;
        var machine = runtime.StateMachines.Find(backfill.Workflow);
        if (machine is null || owner.Partitions.Find(backfill.Workflow) is null) return (null, $"The workflow {backfill.Workflow} is not registered with its partitions any more.");
        JsonValue input;
        try
        {
            input = owner.Partitions.InputOf(machine, item.Key);
        }
#pragma warning disable CA1031 // Whatever the program's function throws is the end of this key.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return (null, $"The input of the key cannot be made: {problem.Message}");
        }

        try
        {
            run = await runtime.StartAsync(machine.Arn, input, item.RunName, stopping).ConfigureAwait(false);
        }
        catch (ExecutionExistsException)
        {
            var arn = machine.ExecutionArn(item.RunName);
            if (await runtime.FindRecordAsync(arn, stopping).ConfigureAwait(false) is { StopTime: not null } ended) return (ended.Status, null);
            run = await runtime.ResumeAsync(arn, stopping).ConfigureAwait(false);
        }
        catch (ArgumentException problem)
        {
            return (null, problem.Message);
        }

        return ((await run.Completion.WaitAsync(stopping).ConfigureAwait(false)).Status, null);
    }

    async Task SetAsync(BackfillItem item)
    {
        await RepeatAsync(async () =>
        {
            await owner.Store.SetBackfillItemAsync(backfill.Id, item, stopping).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        owner.Changed();
    }

    async Task<T> RepeatAsync<T>(Func<Task<T>> act)
    {
        while (true)
        {
            stopping.ThrowIfCancellationRequested();
            try
            {
                return await act().ConfigureAwait(false);
            }
#pragma warning disable CA1031 // What fails is the store or the runtime, and it is tried again until the host stops.
            catch (Exception problem) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
            {
                LogFailed(backfill.Id, problem.GetType().Name, problem.Message);
                await Task.Delay(PauseAfterFailure, TimeProvider.System, stopping).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(EventId = 21, EventName = "BackfillFailed", Level = LogLevel.Warning, Message = "The backfill {Backfill} cannot go on now and tries again. {Error}: {Reason}")]
    partial void LogFailed(string backfill, string error, string reason);
}
