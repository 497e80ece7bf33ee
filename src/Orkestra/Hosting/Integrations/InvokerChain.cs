namespace Orkestra.Hosting.Integrations;

/// <summary>Two invokers as one: the second one gets the tasks that the first one does not handle. It is as safe for threads as both of them.</summary>
/// <param name="first">Is asked first.</param>
/// <param name="second">Is asked when the first one answers with <see cref="TaskOutcome.Unhandled"/>.</param>
public sealed class InvokerChain(ITaskInvoker first, ITaskInvoker second) : ITaskInvoker
{
    /// <summary>Carries out a task with the first invoker that handles it.</summary>
    /// <param name="invocation">The task.</param>
    /// <returns>The outcome; <see cref="TaskOutcome.Unhandled"/> when neither handles it.</returns>
    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var outcome = await first.InvokeAsync(invocation).ConfigureAwait(false);
        return outcome.IsHandled ? outcome : await second.InvokeAsync(invocation).ConfigureAwait(false);
    }
}
