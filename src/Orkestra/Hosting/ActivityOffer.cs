using Orkestra.Engine.Signals;
using Orkestra.Hosting.Running;

namespace Orkestra.Hosting;

/// <summary>A task that waits for a worker.</summary>
internal sealed record ActivityOffer(ExecutionPump Pump, TaskInvocation Invocation)
{
    /// <summary>A worker takes the task. False when nothing waits for it any more.</summary>
    internal Task<bool> TakeAsync(string? worker) =>
        Pump.PostAsync(new ExecutionSignal(ExecutionSignalKind.ActivityStarted, Pump.Runtime.Clock.UtcTicks, Invocation.Task, cause: worker));

    internal ActivityTask ToTask() => new(Invocation.TaskToken, Invocation.Input);
}
