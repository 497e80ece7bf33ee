namespace Orkestra.Hosting;

/// <summary>A task that waits for a worker.</summary>
internal sealed record ActivityOffer(ExecutionRun Run, TaskInvocation Invocation)
{
    internal ActivityTask ToTask() => new(Invocation.TaskToken, Invocation.Input);
}
