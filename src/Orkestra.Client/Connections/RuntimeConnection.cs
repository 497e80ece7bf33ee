using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;

namespace Orkestra.Client.Connections;

/// <summary>A runtime of this process.</summary>
internal sealed class RuntimeConnection(OrkestraRuntime runtime) : WorkflowConnection(TimeProvider.System)
{
    readonly ExecutionService service = new(runtime);

    public override Task<JsonObject> CallAsync(string action, JsonObject request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(request);
        return ExecutionService.Offers(action)
            ? service.CallAsync(action, request, cancellationToken)
            : throw new ServiceException("UnknownOperationException", $"A runtime of this process does not offer the action '{action}'. Connect to an endpoint for it.");
    }

    internal override Task<string> FindStateMachineAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult(runtime.StateMachines.Find(name)?.Arn ?? throw NoStateMachine(name));

    internal override async Task<JsonObject> WaitAsync(string executionArn, CancellationToken cancellationToken)
    {
        var found = await runtime.FindAsync(executionArn, cancellationToken).ConfigureAwait(false)
            ?? throw new ServiceException("ExecutionDoesNotExist", $"Execution Does Not Exist: '{executionArn}'");
        if (found.Status != ExecutionStatus.Running) return ExecutionService.Describe(found);
        var execution = await runtime.ResumeAsync(executionArn, cancellationToken).ConfigureAwait(false);
        return ExecutionService.Describe(await execution.Completion.WaitAsync(cancellationToken).ConfigureAwait(false));
    }

    private protected override void Dispose(bool disposing)
    {
    }
}
