using Orkestra.Engine.Signals;
using Orkestra.Hosting.Running;

namespace Orkestra.Hosting;

/// <summary>A task that waits for a worker.</summary>
internal sealed class ActivityOffer(ExecutionPump pump, TaskInvocation invocation)
{
    readonly CancellationToken withdrawn = invocation.CancellationToken;

    /// <summary>Whether nothing waits for the task any more.</summary>
    internal bool IsWithdrawn => withdrawn.IsCancellationRequested;

    /// <summary>When the task was offered.</summary>
    internal DateTimeOffset Since { get; } = new(pump.Runtime.Clock.UtcTicks, TimeSpan.Zero);

    internal string ExecutionArn => invocation.ExecutionArn;

    /// <summary>A worker takes the task. False when nothing waits for it any more.</summary>
    internal Task<bool> TakeAsync(string? worker)
    {
        // Before the commit, so that the store has the token once the worker has it.
        _ = invocation.TaskToken;
        return pump.PostAsync(new ExecutionSignal(ExecutionSignalKind.ActivityStarted, pump.Runtime.Clock.UtcTicks, invocation.Task, cause: worker));
    }

    internal ActivityTask ToTask() => new(invocation.TaskToken, invocation.Input);
}
