using Orkestra.Engine;

namespace Orkestra.Hosting.Integrations;

/// <summary>
/// The service integrations a runtime handles when the invoker of the state machine does not: the runtime's invoker for services comes first, then one handler for each service.
/// </summary>
internal sealed class IntegratedTasks(OrkestraRuntime runtime, HttpTaskOptions? http, ITaskInvoker? invoker)
{
    readonly IServiceTasks[] services = http is null ? [new NestedExecutions(runtime)] : [new NestedExecutions(runtime), new HttpTasks(http)];

    /// <summary>The handler of a task; null when there is none.</summary>
    internal ITaskInvoker? Find(TaskInvocation invocation)
    {
        var own = invocation.Resource.Kind == TaskResourceKind.Integration ? Array.Find(services, service => service.Handles(invocation.Resource)) : null;
        if (invoker is null || invocation.Resource.Kind == TaskResourceKind.Activity) return own;
        return own is null ? invoker : new InvokerChain(invoker, own);
    }
}

/// <summary>Carries out the tasks of a service in this process.</summary>
internal interface IServiceTasks : ITaskInvoker
{
    /// <summary>Whether an integration is carried out here.</summary>
    bool Handles(TaskResource resource);
}
