using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Client.Connections;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Extensions.Hosting.Workers;

/// <summary>Asks the activities of steps for work until the host stops.</summary>
internal sealed partial class WorkerService(WorkerBuilder builder, IServiceProvider services, ILogger logger) : IHostedService, IDisposable
{
    // A request that fails is repeated after a pause, so that an unreachable service is not asked without end.
    static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(1);

    static readonly TimeSpan TimeToReport = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource stopping = new();
    readonly CancellationTokenSource aborting = new();
    readonly List<Task> loops = [];
    WorkflowConnection? connection;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Before anything runs, so that a mistake ends the start of the host.
        var steps = builder.Steps(services);
        connection = builder.Connect(services);
        foreach (var step in steps) loops.Add(Task.Run(() => PollAsync(step), CancellationToken.None));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        var all = Task.WhenAll(loops);
        try
        {
            await all.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await aborting.CancelAsync().ConfigureAwait(false);
            // Steps that observe their cancellation token end now. Their results must still be reported.
            await Task.WhenAny(all, Task.Delay(TimeToReport, builder.TimeProvider, CancellationToken.None)).ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        stopping.Dispose();
        aborting.Dispose();
    }

    async Task PollAsync(WorkerStep step)
    {
        using var slots = new SemaphoreSlim(builder.MaxConcurrency);
        var running = new HashSet<Task>();
        var arn = step.ActivityArn;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // No work is taken that would have to wait.
                await slots.WaitAsync(stopping.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            var taken = false;
            try
            {
                arn ??= await FindAsync(step.ActivityName).ConfigureAwait(false);
                var request = JsonObject.Create(("activityArn", arn), ("workerName", builder.Name));
                JsonValue task = await connection!.CallAsync("GetActivityTask", request, stopping.Token).ConfigureAwait(false);
                if (task["taskToken"] is not JsonString { Value.Length: > 0 } token) continue;
                taken = true;
                var call = new WorkerCall(connection, builder, step, token.Value, (task["input"] as JsonString)?.Value ?? "{}", services, logger, aborting.Token);
                var work = Task.Run(call.RunAsync, CancellationToken.None);
                lock (running) running.Add(work);
                _ = work.ContinueWith(
                    ended =>
                    {
                        lock (running) running.Remove(ended);
                        slots.Release();
                    },
                    CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever the service or the network does, the worker goes on asking.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                LogNoAnswer(step.Step.Name, problem.Message);
                await PauseAsync().ConfigureAwait(false);
            }
            finally
            {
                if (!taken) slots.Release();
            }
        }

        Task[] rest;
        lock (running) rest = [.. running];
        await Task.WhenAll(rest).ConfigureAwait(false);
    }

    async Task<string> FindAsync(string name)
    {
        JsonValue? next = null;
        do
        {
            JsonValue page = await connection!.CallAsync("ListActivities", next is null ? JsonObject.Empty : JsonObject.Create(("nextToken", next)), stopping.Token).ConfigureAwait(false);
            foreach (var activity in page["activities"] is JsonArray activities ? (IEnumerable<JsonValue>)activities : [])
            {
                if (activity["name"] == (JsonValue)name) return ((JsonString)activity["activityArn"]!).Value;
            }

            next = page["nextToken"];
        }
        while (next is not null);
        throw new ServiceException("ActivityDoesNotExist", $"There is no activity '{name}'. Deploy the workflow, or name the ARN in {nameof(WorkerBuilder)}.{nameof(WorkerBuilder.Activities)}.");
    }

    async Task PauseAsync()
    {
        try
        {
            await Task.Delay(PauseAfterFailure, builder.TimeProvider, stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker could not get work for the step {Step}: {Problem}")]
    partial void LogNoAnswer(string step, string problem);
}
