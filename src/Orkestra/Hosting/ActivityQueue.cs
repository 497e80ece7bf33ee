namespace Orkestra.Hosting;

/// <summary>
/// Activities and their workers (https://docs.aws.amazon.com/step-functions/latest/dg/concepts-activities.html). A task that names an activity which no invoker
/// answers waits here until a worker takes it; one that names an unknown activity fails.
/// </summary>
public sealed class ActivityQueue
{
    readonly Lock gate = new();
    readonly Dictionary<string, Activity> activities = new(StringComparer.Ordinal);

    internal ActivityQueue()
    {
    }

    /// <summary>Makes an activity known. Nothing happens when it is.</summary>
    /// <param name="arn">Its ARN.</param>
    public void Create(string arn)
    {
        lock (gate) activities.TryAdd(arn, new Activity());
    }

    /// <summary>Makes an activity unknown. Tasks that wait for a worker go on waiting.</summary>
    /// <param name="arn">Its ARN.</param>
    /// <returns>Whether it was known.</returns>
    public bool Delete(string arn)
    {
        lock (gate) return activities.Remove(arn);
    }

    /// <summary>Takes the oldest task that waits for a worker, or waits for one.</summary>
    /// <param name="arn">The activity.</param>
    /// <param name="workerName">The worker's name for the history; null for none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ArgumentException">There is no such activity.</exception>
    public async Task<ActivityTask> GetTaskAsync(string arn, string? workerName = null, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            Task<ActivityOffer> next;
            TaskCompletionSource<ActivityOffer>? waiting = null;
            lock (gate)
            {
                if (!activities.TryGetValue(arn, out var activity)) throw new ArgumentException($"The activity '{arn}' does not exist; create it first.", nameof(arn));
                if (activity.Offers.TryDequeue(out var offer))
                {
                    next = Task.FromResult(offer);
                }
                else
                {
                    waiting = new TaskCompletionSource<ActivityOffer>(TaskCreationOptions.RunContinuationsAsynchronously);
                    activity.Workers.AddLast(waiting);
                    next = waiting.Task;
                }
            }

            ActivityOffer taken;
            await using (cancellationToken.Register(() => waiting?.TrySetCanceled(cancellationToken)).ConfigureAwait(false))
                taken = await next.ConfigureAwait(false);
            // A task whose time was over while it waited is nobody's any more.
            if (taken.Run.Execution.IsWaitingFor(taken.Invocation.Task) && taken.Run.Take(taken.Invocation.Task, workerName))
                return new ActivityTask(taken.Invocation.TaskToken, taken.Invocation.Input);
        }
    }

    internal bool Exists(string arn)
    {
        lock (gate) return activities.ContainsKey(arn);
    }

    internal void Offer(string arn, ActivityOffer offer)
    {
        TaskCompletionSource<ActivityOffer>? worker = null;
        lock (gate)
        {
            if (!activities.TryGetValue(arn, out var activity)) return;
            while (activity.Workers.First is { } first)
            {
                activity.Workers.RemoveFirst();
                if (first.Value.Task.IsCompleted) continue;
                worker = first.Value;
                break;
            }

            if (worker is null)
            {
                activity.Offers.Enqueue(offer);
                return;
            }
        }

        // A worker that gave up at this very moment leaves the task to the next one.
        if (!worker.TrySetResult(offer)) Offer(arn, offer);
    }

    sealed class Activity
    {
        internal Queue<ActivityOffer> Offers { get; } = new();

        internal LinkedList<TaskCompletionSource<ActivityOffer>> Workers { get; } = new();
    }
}
