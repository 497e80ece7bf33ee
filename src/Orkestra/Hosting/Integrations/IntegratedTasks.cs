using Orkestra.Engine;

namespace Orkestra.Hosting.Integrations;

/// <summary>
/// The service integrations a runtime handles when the invoker of the state machine does not: an invoker among the runtime's services comes first, then the one of its options, then one handler
/// for each service.
/// </summary>
internal sealed class IntegratedTasks(OrkestraRuntime runtime, OrkestraOptions options)
{
    readonly ITaskInvoker? invoker = Chain(options.Services?.GetService(typeof(ITaskInvoker)) as ITaskInvoker, options.ServiceInvoker);
    readonly IServiceTasks[] services = options.Http is not { } http ? [new NestedExecutions(runtime)] : [new NestedExecutions(runtime), new HttpTasks(http)];

    /// <summary>The handler of a task; null when there is none.</summary>
    internal ITaskInvoker? Find(TaskInvocation invocation)
    {
        var own = invocation.Resource.Kind == TaskResourceKind.Integration ? Array.Find(services, service => service.Handles(invocation.Resource)) : null;
        if (invocation.Resource.Kind == TaskResourceKind.Activity) return own;
        return Chain(invoker, own);
    }

    static ITaskInvoker? Chain(ITaskInvoker? first, ITaskInvoker? second) => first is null ? second : second is null ? first : new InvokerChain(first, second);
}

/// <summary>Carries out the tasks of a service in this process.</summary>
internal interface IServiceTasks : ITaskInvoker
{
    /// <summary>Whether an integration is carried out here.</summary>
    bool Handles(TaskResource resource);
}
