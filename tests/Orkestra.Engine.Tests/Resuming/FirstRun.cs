using Orkestra.Conformance;
using Orkestra.Engine.Signals;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;
using Orkestra.Hosting.Running;

namespace Orkestra.Engine.Tests.Resuming;

/// <summary>
/// An execution that was run to its end, and what is needed to run the rest of it again from any of its events: the process is gone, another finds a prefix of the
/// stored bytes, and the world answers as it did.
/// </summary>
sealed class FirstRun(ExecutionPlan plan, IObjectStore? objects, NotingInvoker edges, IReadOnlyList<KeptSignal> kept, ExecutionResult result)
{
    readonly string[] history = [.. result.History.Select(happened => happened.ToJson().ToJson())];

    /// <summary>How many events were stored, those of children among them.</summary>
    public int Count => kept.Count;

    /// <summary>Resumes after the first events and runs the rest.</summary>
    /// <param name="count">How many events were stored when the process died.</param>
    /// <returns>
    /// What is different from the first time; null when nothing is, or when the stored signals do not decide what comes next. Which comes first in one instant is decided anew after a
    /// restart: a child of a distributed Map or another execution, and the answer to one task or Map Run or to another. A heartbeat that was not stored is lost.
    /// </returns>
    public async Task<string?> DifferenceAfterAsync(int count)
    {
        if (kept.Skip(count).Any(next => next.Read() is { Kind: ExecutionSignalKind.TaskHeartbeat } heartbeat && heartbeat.Ticks < kept[count - 1].Read().Ticks)) return null;
        var store = new ByteStore(kept.Take(count));
        var again = new SameEdges(edges, kept, count);
        var clock = new HeldClock(kept[count - 1].Read().Ticks);
        var runner = new OrkestraRuntime(again, new OrkestraOptions { TimeProvider = clock, Store = store, Objects = objects });
        again.Runner = runner;
        foreach (var arn in kept.Where(e => e.Read().Kind == ExecutionSignalKind.ActivityScheduled).Select(e => edges.Of(e.Arn, e.Read().Task)!.Resource)) runner.Activities.Create(arn);
        var top = kept[0].Arn;
        var handle = runner.Resume(plan, store.Read(top));
        // A heartbeat is stored with the signal that follows it, and comes when it came the first time.
        foreach (var (expected, at) in kept.Skip(count).Select((signal, index) => (Signal: signal, At: count + index)).OrderBy(next => next.Signal.Read().Ticks).ToArray())
        {
            var isStoredLater = expected.Read().Kind == ExecutionSignalKind.TaskHeartbeat;
            if (await HappensAsync(expected, store, isStoredLater, BringAsync) is { } difference)
                return IsUndecided(expected.Read().Ticks) || AreAnswersInOneInstant(expected, store.Find(expected.Arn, expected.Index)) ? null : $"event {at + 1} of {kept.Count}: {difference}\nStored the first time:\n{string.Join('\n', kept)}\nStored now:\n{string.Join('\n', store.All)}";

            async Task<bool> BringAsync()
            {
                (handle, var isBrought) = await this.BringAsync(expected, runner, clock, again, handle);
                return isBrought;
            }
        }

        var ended = await handle.Completion.WaitAsync(TimeSpan.FromSeconds(20));
        if (store.All.FirstOrDefault(e => e.Index >= kept.Count(k => k.Arn == e.Arn)) is { } further)
            return IsUndecided(further.Read().Ticks) ? null : $"{store.All.Count} events were stored instead of {kept.Count}: {further}";
        if (ended.Status != result.Status || ended.Output != result.Output || ended.Error != result.Error || ended.Cause != result.Cause)
            return $"it ended {ended.Status} {ended.Output} {ended.Error} {ended.Cause} instead of {result.Status} {result.Output} {result.Error} {result.Cause}";
        var second = ended.History.Select(happened => happened.ToJson().ToJson()).ToArray();
        for (var i = 0; i < Math.Max(history.Length, second.Length); i++)
        {
            var (expected, actual) = (history.ElementAtOrDefault(i), second.ElementAtOrDefault(i));
            if (expected != actual) return $"history: {actual ?? "nothing"} instead of {expected ?? "nothing"}";
        }

        return null;
    }

    bool IsUndecided(long instant)
    {
        var then = kept.Where(e => e.Read().Ticks == instant).Select(e => e.Arn).ToHashSet();
        return then.Count > 1 && kept.Any(e => then.Contains(e.Arn) && e.Read().Start?.Parent is not null);
    }

    static bool AreAnswersInOneInstant(KeptSignal expected, KeptSignal? actual) =>
        actual?.Read() is { } answer && expected.Read() is var first && IsAnswer(first.Kind) && IsAnswer(answer.Kind) && first.Ticks == answer.Ticks && first.Task != answer.Task;

    static bool IsAnswer(ExecutionSignalKind kind) => kind is ExecutionSignalKind.TaskSucceeded or ExecutionSignalKind.TaskFailed or ExecutionSignalKind.TaskSubmitted
        or ExecutionSignalKind.CallbackSucceeded or ExecutionSignalKind.CallbackFailed or ExecutionSignalKind.ChildSucceeded or ExecutionSignalKind.ChildFailed;

    // What follows by itself is waited for, all else is brought as soon as it is asked for.
    static async Task<string?> HappensAsync(KeptSignal expected, ByteStore store, bool isStoredLater, Func<Task<bool>> bring)
    {
        var isBrought = false;
        for (var tries = 0; tries < 4000; tries++)
        {
            if (store.Find(expected.Arn, expected.Index) is { } actual)
                return actual.Bytes.AsSpan().SequenceEqual(expected.Bytes) || AreEndsOfChildren(actual.Read(), expected.Read()) ? null : $"{actual} instead of {expected}";
            if (isBrought && isStoredLater) return null;
            if (!isBrought) isBrought = await bring();
            else await Task.Delay(1);
            if (!isBrought) await Task.Delay(1);
        }

        return $"{expected} does not happen";
    }

    // No signal records the order in which children of a Map Run ended within one instant.
    static bool AreEndsOfChildren(in ExecutionSignal one, in ExecutionSignal other) => one.Child is not null && other.Child is not null && one.Task == other.Task && one.Time == other.Time;

    async Task<(ExecutionHandle Handle, bool IsBrought)> BringAsync(KeptSignal expected, OrkestraRuntime runner, HeldClock clock, SameEdges again, ExecutionHandle handle)
    {
        var signal = expected.Read();
        clock.MoveTo(signal.Ticks);
        switch (signal.Kind)
        {
            case ExecutionSignalKind.TaskSucceeded or ExecutionSignalKind.TaskFailed or ExecutionSignalKind.TaskSubmitted or ExecutionSignalKind.TaskHeartbeat
                or ExecutionSignalKind.CallbackSucceeded or ExecutionSignalKind.CallbackFailed:
                return (handle, await again.BringAsync(expected.Arn, signal));
            case ExecutionSignalKind.ActivityStarted:
                _ = runner.Activities.GetTaskAsync(edges.Of(expected.Arn, signal.Task)!.Resource, signal.Cause);
                return (handle, true);
            case ExecutionSignalKind.TimePassed:
                // The timer may not be set yet.
                clock.Fire(state => state is ExecutionPump pump && pump.Start.ResolveArn() == expected.Arn);
                return (handle, false);
            case ExecutionSignalKind.Stopped when expected.Arn == handle.Arn:
                return (handle, await handle.StopAsync(signal.Error, signal.Cause));
            case ExecutionSignalKind.Redriven when expected.Arn == handle.Arn:
                await handle.Completion.WaitAsync(TimeSpan.FromSeconds(20));
                return (await handle.RedriveAsync(), true);
            default:
                return (handle, true);
        }
    }
}
