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
            Worker? worker = null;
            ActivityOffer? offer;
            lock (gate)
            {
                if (!activities.TryGetValue(arn, out var activity)) throw new ArgumentException($"The activity '{arn}' does not exist; create it first.", nameof(arn));
                while (activity.Offers.TryDequeue(out offer) && offer.IsWithdrawn)
                {
                }

                if (offer is null) activity.Workers.Enqueue(worker = new Worker(workerName));
            }

            if (worker is not null)
            {
                await using (cancellationToken.UnsafeRegister(static waiting => ((Worker)waiting!).GiveUp(), worker).ConfigureAwait(false))
                    return await worker.Work.ConfigureAwait(false);
            }

            // A task that timed out while it waited is not given to a worker.
            if (await offer!.TakeAsync(workerName).ConfigureAwait(false)) return offer.ToTask();
        }
    }

    /// <summary>How the known activities stand now, in the order of their ARNs.</summary>
    public IReadOnlyList<ActivityLoad> Describe()
    {
        lock (gate)
        {
            return
            [
                .. activities.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair =>
                {
                    var offers = pair.Value.Offers.Where(offer => !offer.IsWithdrawn).ToList();
                    return new ActivityLoad(pair.Key, offers.Count, pair.Value.Workers.Count(worker => !worker.IsClaimed), offers.FirstOrDefault()?.Since, offers.FirstOrDefault()?.ExecutionArn);
                }),
            ];
        }
    }

    /// <summary>Whether an activity is known.</summary>
    /// <param name="arn">Its ARN.</param>
    public bool Exists(string arn)
    {
        lock (gate) return activities.ContainsKey(arn);
    }

    /// <summary>Finds a worker that waits for the task, or lets the task wait for one.</summary>
    internal Worker? Offer(string arn, ActivityOffer offer)
    {
        lock (gate)
        {
            if (!activities.TryGetValue(arn, out var activity)) return null;
            while (activity.Workers.TryDequeue(out var worker))
            {
                if (worker.TryClaim()) return worker;
            }

            activity.Offers.Enqueue(offer);
            return null;
        }
    }

    sealed class Activity
    {
        internal Queue<ActivityOffer> Offers { get; } = new();

        internal Queue<Worker> Workers { get; } = new();
    }

    /// <summary>A worker that waits. Either a task claims it or it gives up, never both.</summary>
    internal sealed class Worker(string? name)
    {
        readonly TaskCompletionSource<ActivityTask> work = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int claimed;

        internal string? Name => name;

        internal Task<ActivityTask> Work => work.Task;

        internal bool IsClaimed => Volatile.Read(ref claimed) != 0;

        internal bool TryClaim() => Interlocked.Exchange(ref claimed, 1) == 0;

        internal void Give(ActivityTask task) => work.SetResult(task);

        internal void GiveUp()
        {
            if (TryClaim()) work.SetCanceled();
        }
    }
}
