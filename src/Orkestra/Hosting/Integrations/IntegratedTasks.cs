using Orkestra.Engine;

namespace Orkestra.Hosting.Integrations;

/// <summary>The service integrations a runner carries out itself when no invoker answers them.</summary>
internal sealed class IntegratedTasks(OrkestraRuntime runtime, HttpTaskOptions? http)
{
    readonly NestedExecutions executions = new(runtime);
    readonly HttpTasks? calls = http is null ? null : new HttpTasks(http);

    /// <summary>Who carries out a task; null for nobody.</summary>
    internal ITaskInvoker? Find(TaskInvocation invocation)
    {
        if (invocation.Resource.Kind != TaskResourceKind.Integration) return null;
        return invocation.Resource.Service switch
        {
            "states" or "aws-sdk:sfn" when executions.Knows(invocation.Resource) => executions,
            "http" when calls is not null && invocation.Resource.Action == "invoke" => calls,
            _ => null,
        };
    }
}
