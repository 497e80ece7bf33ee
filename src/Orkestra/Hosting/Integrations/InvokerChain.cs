namespace Orkestra.Hosting.Integrations;

/// <summary>Two invokers: the second one gets the tasks that the first one does not handle.</summary>
internal sealed class InvokerChain(ITaskInvoker first, ITaskInvoker second) : ITaskInvoker
{
    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var outcome = await first.InvokeAsync(invocation).ConfigureAwait(false);
        return outcome.IsHandled ? outcome : await second.InvokeAsync(invocation).ConfigureAwait(false);
    }
}
