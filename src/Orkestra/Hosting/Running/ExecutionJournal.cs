using System.Diagnostics.CodeAnalysis;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Running;

/// <summary>
/// What is stored before what is done: collects the signals of one execution that were applied, and commits them together. Used by the execution's pump alone, one call
/// at a time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The source of cancellation has neither a timer nor a handle, and so nothing to release.")]
internal sealed class ExecutionJournal(IExecutionStore store, Execution execution, OrkestraOptions options, StoreWatch watch)
{
    /// <summary>The delay before the first repetition of a call that failed; each further one takes twice as long.</summary>
    static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(50);

    readonly CancellationTokenSource abandoned = new();
    ExecutionSignal[] unsaved = new ExecutionSignal[4];
    StoreCall? call;
    int count;
    int savedEvents;
    bool hasRevision;
    bool isStoredIdle;

    /// <summary>How many signals the store has.</summary>
    internal long Sequence { get; private set; }

    /// <summary>Whether something has to be stored before anything else happens.</summary>
    internal bool NeedsCommit { get; private set; }

    internal IExecutionStore Store => store;

    /// <summary>Whether the store has all signals, and has the execution as one that only waits.</summary>
    internal bool HasAllOfIdle => count == 0 && isStoredIdle;

    /// <summary>Adds a signal that is applied.</summary>
    internal void Add(in ExecutionSignal signal)
    {
        if (signal.Kind == ExecutionSignalKind.TaskHeartbeat)
        {
            // A heartbeat needs no commit of its own, only a place before what follows it; of several, the last one counts.
            if (count > 0 && unsaved[count - 1] is { Kind: ExecutionSignalKind.TaskHeartbeat } last && last.Task == signal.Task)
            {
                unsaved[count - 1] = signal;
                return;
            }
        }
        else
        {
            NeedsCommit = true;
        }

        if (count == unsaved.Length) Array.Resize(ref unsaved, count * 2);
        unsaved[count++] = signal;
    }

    /// <summary>The execution was made again from what is stored.</summary>
    internal void Restore(long sequence)
    {
        Sequence = sequence;
        savedEvents = execution.History.Count;
        hasRevision = true;
    }

    /// <summary>Stores what was added. Ends only when it is stored.</summary>
    /// <param name="isIdle">Whether the execution only waits.</param>
    /// <param name="openTokens">The tokens that changed; null for no change.</param>
    /// <exception cref="ExecutionStoreException">It could not be stored. The execution has to be suspended.</exception>
    internal ValueTask CommitAsync(bool isIdle, IReadOnlyCollection<string>? openTokens)
    {
        var commit = new ExecutionCommit
        {
            Execution = ToRecord(execution, Sequence + count, isIdle),
            ExpectedSequence = Sequence,
            Signals = unsaved.AsMemory(0, count),
            History = new HistorySlice(new ExecutionHistory(execution.History.View()), savedEvents, execution.History.Count - savedEvents),
            OpenTokens = openTokens,
        };
        ValueTask storing;
        try
        {
            storing = StoreAsync(commit);
        }
#pragma warning disable CA1031 // Whatever a store throws is a failure of the store.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return RepeatAsync(commit, problem);
        }

        if (!storing.IsCompletedSuccessfully) return AwaitAsync(storing, commit);
        Committed(isIdle);
        return ValueTask.CompletedTask;
    }

    /// <summary>Drops from memory what the store has of the history.</summary>
    internal void DropStoredHistory()
    {
        if (store.KeepsHistory) execution.History.DropBefore(savedEvents);
    }

    internal static ExecutionRecord ToRecord(Execution execution, long sequence, bool isIdle) => new()
    {
        Arn = execution.Arn,
        Name = execution.Name,
        StateMachineArn = execution.Start.Machine.StateMachineArn,
        StateMachineVersionArn = execution.Start.Machine.VersionArn,
        StateMachineAliasArn = execution.Start.Machine.AliasArn,
        Type = execution.Start.Type,
        Status = execution.Status,
        StartTime = new DateTimeOffset(execution.StartedAt, TimeSpan.Zero),
        StopTime = execution.HasEnded ? new DateTimeOffset(execution.StoppedAt, TimeSpan.Zero) : null,
        DefinitionHash = execution.Start.DefinitionHash ?? execution.Plan.DefinitionHash,
        Sequence = sequence,
        HistoryCount = execution.History.Count,
        IsIdle = isIdle,
        NextDue = execution.NextDue is { } due ? new DateTimeOffset(due, TimeSpan.Zero) : null,
        Parent = execution.Start.Parent,
        RedriveCount = execution.RedriveCount,
        RedriveTime = execution.LastRedrive?.Time,
        Input = execution.Start.Input,
        Output = execution.Output,
        Error = execution.Failure?.Error,
        Cause = execution.HasEnded ? execution.Failure?.Cause : null,
    };

    ValueTask StoreAsync(ExecutionCommit commit)
    {
        if (commit.ExpectedSequence > 0) return store.AppendAsync(commit, abandoned.Token);
        return hasRevision ? store.CreateAsync(commit, abandoned.Token) : CreateAsync(commit);
    }

    // An execution is only ever resumed with the definition it was started with, so that is stored first. The child of a Map runs a part of its parent's.
    async ValueTask CreateAsync(ExecutionCommit commit)
    {
        if (commit.Execution.Parent is null)
            await store.SaveRevisionAsync(new StateMachineRevision(commit.Execution.DefinitionHash, execution.Plan.Definition), abandoned.Token).ConfigureAwait(false);

        hasRevision = true;
        await store.CreateAsync(commit, abandoned.Token).ConfigureAwait(false);
    }

    void Committed(bool isIdle)
    {
        isStoredIdle = isIdle;
        Array.Clear(unsaved, 0, count);
        Sequence += count;
        count = 0;
        NeedsCommit = false;
        savedEvents = execution.History.Count;
    }

    async ValueTask AwaitAsync(ValueTask storing, ExecutionCommit commit)
    {
        try
        {
            await WithinTimeout(storing).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Whatever a store throws is a failure of the store.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            await RepeatAsync(commit, problem).ConfigureAwait(false);
            return;
        }

        Committed(commit.Execution.IsIdle);
    }

    async ValueTask RepeatAsync(ExecutionCommit commit, Exception problem)
    {
        var delay = FirstDelay;
        for (var repetition = 0; repetition < options.StoreRetries && IsTransient(problem); repetition++)
        {
            // The store works in real time, whatever the clock of the execution does.
            await Task.Delay(delay, TimeProvider.System).ConfigureAwait(false);
            delay *= 2;
            try
            {
                await WithinTimeout(StoreAsync(commit)).ConfigureAwait(false);
                Committed(commit.Execution.IsIdle);
                return;
            }
#pragma warning disable CA1031 // Whatever a store throws is a failure of the store.
            catch (Exception again)
#pragma warning restore CA1031
            {
                problem = again;
            }
        }

        throw problem as ExecutionStoreException ?? new ExecutionStoreException(
            $"The execution '{execution.Arn}' could not be stored and is suspended: {problem.GetType().Name}: {problem.Message}", problem);
    }

    ValueTask WithinTimeout(ValueTask storing) => storing.IsCompleted ? storing : (call ??= new StoreCall(watch, GiveUp)).WaitAsync(storing);

    // After its time the call may still store something: repeating it could conflict with that.
    ExecutionStoreException GiveUp()
    {
        _ = abandoned.CancelAsync();
        return new ExecutionStoreException($"The execution '{execution.Arn}' could not be stored within {options.StoreTimeout} and is suspended.", new TimeoutException());
    }

    static bool IsTransient(Exception problem) => problem is not ExecutionStoreException;
}
