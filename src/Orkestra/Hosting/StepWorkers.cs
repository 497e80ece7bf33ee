using System.Collections.Concurrent;

namespace Orkestra.Hosting;

/// <summary>
/// Threads for steps that keep their thread while they work, so that such steps never take the threads that executions go on with. Threads are made as they are needed,
/// up to a limit, and end when there was no work for a while. Safe to use from any thread.
/// </summary>
internal sealed class StepWorkers
{
    static readonly ConcurrentDictionary<int, StepWorkers> Shared = new();

    static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

    readonly int maxThreads;
    readonly object gate = new();
    readonly Queue<Action> work = new();
    int threads;
    int waiting;
    int starting;
    int inline;

    StepWorkers(int maxThreads) => this.maxThreads = maxThreads;

    /// <summary>The workers of this process with a limit.</summary>
    internal static StepWorkers WithLimit(int maxThreads) => Shared.GetOrAdd(Math.Max(1, maxThreads), static limit => new StepWorkers(limit));

    /// <summary>Runs something on a worker thread.</summary>
    internal Task<T> RunAsync<T>(Func<ValueTask<T>> call)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Add(() => _ = RunAsync(call, completion));
        return completion.Task;
    }

    /// <summary>
    /// Whether a step may run on the thread it was called on. Few may at the same time: others would wait for that thread.
    /// </summary>
    internal bool TryEnterInline()
    {
        if (Interlocked.Increment(ref inline) <= 1 || !Thread.CurrentThread.IsThreadPoolThread) return true;
        Interlocked.Decrement(ref inline);
        return false;
    }

    internal void ExitInline() => Interlocked.Decrement(ref inline);

    // What follows after the first wait of an asynchronous step runs on the pool.
    static async Task RunAsync<T>(Func<ValueTask<T>> call, TaskCompletionSource<T> completion)
    {
        try
        {
            completion.SetResult(await call().ConfigureAwait(false));
        }
#pragma warning disable CA1031 // Whatever the call throws is handed to its caller.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            completion.SetException(problem);
        }
    }

    void Add(Action call)
    {
        lock (gate)
        {
            work.Enqueue(call);
            if (waiting >= work.Count)
            {
                Monitor.Pulse(gate);
                return;
            }

            if (!TryAddThread()) return;
        }

        Start();
    }

    // One thread starts at a time, and starts the next one when there is still work for it: many short steps then take few threads.
    bool TryAddThread()
    {
        if (starting > 0 || threads >= maxThreads || work.Count <= waiting) return false;
        threads++;
        starting++;
        return true;
    }

    void Start()
    {
        try
        {
            new Thread(Work) { IsBackground = true, Name = "Orkestra step" }.Start();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            lock (gate)
            {
                starting--;
                // The other threads take the work when they are free.
                if (--threads == 0) throw;
            }
        }
    }

    void Work()
    {
        var isNew = true;
        while (true)
        {
            Action call;
            bool startsNext;
            lock (gate)
            {
                if (isNew) starting--;
                isNew = false;
                while (work.Count == 0)
                {
                    waiting++;
                    var isPulsed = Monitor.Wait(gate, IdleTime);
                    waiting--;
                    if (isPulsed || work.Count > 0) continue;
                    threads--;
                    return;
                }

                call = work.Dequeue();
                startsNext = TryAddThread();
            }

            if (startsNext) Start();
            call();
        }
    }
}
