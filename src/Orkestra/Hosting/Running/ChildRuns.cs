using Orkestra.Engine.Commands;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Datasets;

namespace Orkestra.Hosting.Running;

/// <summary>The child executions of one execution's Map Runs.</summary>
internal sealed class ChildRuns(ExecutionPump parent)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Dictionary<int, ExecutionPump>> running = new(StringComparer.Ordinal);

    OrkestraRuntime Runtime => parent.Runtime;

    internal void Start(StartChild command)
    {
        if (Runtime.Options.Store is null || (!parent.IsResumed && command.Redrives == 0))
        {
            var child = New(command);
            child.HandOver();
            Runtime.Executions.Add(child, command.Start);
            Follow(command, child, child.RunAsync(command.Start, CancellationToken.None));
            return;
        }

        parent.Tasks.Began();
        // Not as a task, which may wait with the clock: it stands still until the child goes on.
        Runtime.Clock.BeginPump();
        _ = StartStoredAsync(command);
    }

    /// <summary>Stops the children of a Map Run that have not ended.</summary>
    internal void Stop(string mapRunArn)
    {
        ExecutionPump[] children = [];
        lock (gate)
        {
            if (running.Remove(mapRunArn, out var known)) children = [.. known.Values];
        }

        foreach (var child in children) child.Post(child.StopSignal(null, null));
        // Children that were started before a restart may not be in memory.
        if (Runtime.Options.Store is not null && parent.IsResumed) _ = StopStoredAsync(mapRunArn);
    }

    async Task StopStoredAsync(string mapRunArn)
    {
        Runtime.Clock.BeginPump();
        await Runtime.StopStoredChildrenAsync(mapRunArn).ConfigureAwait(false);
        Runtime.Clock.EndPump();
    }

    /// <summary>The parent is suspended: so are its children.</summary>
    internal void Suspend(Exception reason)
    {
        ExecutionPump[] children;
        lock (gate) children = [.. running.Values.SelectMany(known => known.Values)];
        foreach (var child in children) child.Suspend(reason);
    }

    ExecutionPump New(StartChild command) => new(Runtime, command.Plan, parent.Invoker, parent.Options.ForChild(), isChild: true);

    // After a restart or a redrive a child may be stored already: it goes on from its own signals.
    async Task StartStoredAsync(StartChild command)
    {
        try
        {
            var (child, ended) = await Runtime.StartOrResumeChildAsync(command, () => New(command)).ConfigureAwait(false);
            Follow(command, child, new ValueTask<ExecutionResult>(ended), isCounted: true);
        }
#pragma warning disable CA1031 // A fault of the store is not the end of a child.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            parent.Tasks.Answered(1);
            parent.Suspend(problem);
        }

        Runtime.Clock.EndPump();
    }

    void Follow(StartChild command, ExecutionPump child, ValueTask<ExecutionResult> ended, bool isCounted = false)
    {
        if (ended.IsCompletedSuccessfully)
        {
            if (isCounted)
            {
                parent.Post(ChildSignal(command, ended.Result), answers: 1);
                if (child.WasHandedOver) Runtime.Clock.EndPump();
            }
            else
            {
                parent.Apply(ChildSignal(command, ended.Result));
            }

            return;
        }

        if (!isCounted) parent.Tasks.Began();
        lock (gate)
        {
            if (!running.TryGetValue(command.MapRunArn, out var known)) running.Add(command.MapRunArn, known = []);
            known[command.Index] = child;
        }

        _ = FollowAsync();

        async Task FollowAsync()
        {
            ExecutionSignal signal;
            try
            {
                signal = ChildSignal(command, await ended.ConfigureAwait(false));
            }
#pragma warning disable CA1031 // A fault of the store is not the end of a child: the execution that waits for it is suspended too.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                Forget(command);
                parent.Tasks.Answered(1);
                parent.Suspend(problem);
                return;
            }

            Forget(command);
            parent.Post(signal, answers: 1);
            if (child.WasHandedOver) Runtime.Clock.EndPump();
        }
    }

    void Forget(StartChild command)
    {
        lock (gate)
        {
            if (running.TryGetValue(command.MapRunArn, out var known)) known.Remove(command.Index);
        }
    }

    ExecutionSignal ChildSignal(StartChild command, ExecutionResult ended)
    {
        var ending = new ChildEnding { Status = ended.Status, StartTime = ended.StartTime, StopTime = ended.StopTime };
        return ended.IsSuccess
            ? new ExecutionSignal(ExecutionSignalKind.ChildSucceeded, Runtime.Clock.UtcTicks, command.Task, ended.Output, details: ending, index: command.Index)
            : new ExecutionSignal(
                ExecutionSignalKind.ChildFailed, Runtime.Clock.UtcTicks, command.Task,
                ChildResult.Of(ended.Start, null, ending with { Error = ended.Error, Cause = ended.Cause }).ToMetadata(), ended.Error, ended.Cause, ending, command.Index);
    }
}
