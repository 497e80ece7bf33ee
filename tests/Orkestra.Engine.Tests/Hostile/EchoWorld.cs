using Orkestra.Hosting;

namespace Orkestra.Engine.Tests.Hostile;

/// <summary>Answers every task at once with its input; the function <c>fail</c> fails.</summary>
sealed class EchoWorld : ITaskInvoker
{
    int count;

    public Action<int>? OnCall { get; set; }

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        OnCall?.Invoke(++count);
        return new(invocation.Resource.Action == "fail" ? TaskOutcome.Failure("Boom") : TaskOutcome.Payload(invocation.Input));
    }
}
