using Orkestra.Engine;

namespace Orkestra.Hosting.Integrations;

/// <summary>The service integrations a runner carries out itself when no invoker answers them: a handler a service.</summary>
internal sealed class IntegratedTasks(ExecutionRunner runner, HttpTaskOptions? http)
{
    readonly IServiceTasks[] services = http is null ? [new NestedExecutions(runner)] : [new NestedExecutions(runner), new HttpTasks(http)];

    /// <summary>The handler of a task; null when there is none.</summary>
    internal ITaskInvoker? Find(TaskInvocation invocation) =>
        invocation.Resource.Kind == TaskResourceKind.Integration ? Array.Find(services, service => service.Handles(invocation.Resource)) : null;
}

/// <summary>Carries out the tasks of a service in this process.</summary>
internal interface IServiceTasks : ITaskInvoker
{
    /// <summary>Whether an integration is carried out here.</summary>
    bool Handles(TaskResource resource);
}
