using Orkestra.Engine;

namespace Orkestra.Hosting.Running;

/// <summary>The tasks of one execution that are under way: their tokens, and how they are told that their answer is no longer wanted. Safe to use from any thread.</summary>
internal sealed class PendingTasks(TokenRegistry registry, ExecutionPump pump)
{
    readonly Lock gate = new();
    Dictionary<TaskId, string>? tokens;
    Dictionary<TaskId, CancellationTokenSource>? cancellations;
    HashSet<TaskId>? cancelled;
    bool haveTokensChanged;
    int inFlight;

    /// <summary>How many invocations have not answered yet, and how many child executions have not ended.</summary>
    internal int InFlight => Volatile.Read(ref inFlight);

    /// <summary>Whether the store has the open tokens.</summary>
    internal bool HasUnsavedTokens
    {
        get
        {
            lock (gate) return haveTokensChanged;
        }
    }

    internal void Began() => Interlocked.Increment(ref inFlight);

    internal void Answered(int count) => Interlocked.Add(ref inFlight, -count);

    /// <summary>Makes a task known under its token.</summary>
    internal void Register(TaskId task, string token)
    {
        lock (gate)
        {
            if (!(tokens ??= []).TryAdd(task, token)) return;
            haveTokensChanged = true;
        }

        registry.Add(token, pump, task);
    }

    /// <summary>The open tokens when they changed since the last call; null otherwise.</summary>
    internal IReadOnlyCollection<string>? TakeChangedTokens(Func<TaskId, bool> isOpen)
    {
        lock (gate)
        {
            if (tokens is null) return null;
            List<TaskId>? closed = null;
            foreach (var (task, _) in tokens)
            {
                if (!isOpen(task)) (closed ??= []).Add(task);
            }

            if (closed is not null)
            {
                haveTokensChanged = true;
                foreach (var task in closed)
                {
                    if (tokens.Remove(task, out var token)) registry.Remove(token, pump, task);
                }
            }

            if (!haveTokensChanged) return null;
            haveTokensChanged = false;
            return [.. tokens.Values];
        }
    }

    /// <summary>A token that is cancelled when the answer of a task is no longer wanted.</summary>
    internal CancellationToken CancellationOf(TaskId task)
    {
        lock (gate)
        {
            // A task may ask for its token only after its answer was given up.
            if (cancelled?.Contains(task) == true) return new CancellationToken(canceled: true);
            cancellations ??= [];
            if (cancellations.TryGetValue(task, out var known)) return known.Token;
            var source = new CancellationTokenSource();
            cancellations.Add(task, source);
            return source.Token;
        }
    }

    /// <summary>The answer of a task is no longer wanted.</summary>
    internal void Cancel(TaskId task)
    {
        CancellationTokenSource? source = null;
        string? token = null;
        lock (gate)
        {
            if (tokens is not null && tokens.Remove(task, out token)) haveTokensChanged = true;
            if (cancellations is null || !cancellations.Remove(task, out source)) (cancelled ??= []).Add(task);
        }

        if (token is not null) registry.Remove(token, pump, task);
        if (source is not null) Cancel(source);
    }

    /// <summary>A task has answered.</summary>
    internal void Release(TaskId task)
    {
        lock (gate)
        {
            cancellations?.Remove(task);
            cancelled?.Remove(task);
        }
    }

    /// <summary>The execution ended or was suspended: its tokens are not known here any more.</summary>
    /// <param name="cancels">Whether tasks that run are told to end.</param>
    internal void Clear(bool cancels)
    {
        KeyValuePair<TaskId, string>[] forgotten;
        CancellationTokenSource[] running;
        lock (gate)
        {
            forgotten = tokens is null ? [] : [.. tokens];
            running = cancels && cancellations is not null ? [.. cancellations.Values] : [];
            tokens = null;
            if (cancels) cancellations = null;
        }

        foreach (var (task, token) in forgotten) registry.Remove(token, pump, task);
        foreach (var source in running) Cancel(source);
    }

    /// <summary>Tasks that run are told to end. Their tokens stay known until the execution leaves.</summary>
    internal void CancelAll()
    {
        CancellationTokenSource[] running;
        lock (gate) running = cancellations is null ? [] : [.. cancellations.Values];
        foreach (var source in running) Cancel(source);
    }

    // The source is not disposed: the task may still register with its token. What a registered callback throws is its owner's problem, not the execution's.
    static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
#pragma warning disable CA1031 // Callbacks are user code.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
    }
}
