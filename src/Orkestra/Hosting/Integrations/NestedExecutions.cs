using System.Security.Cryptography;
using System.Text;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Running;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;

namespace Orkestra.Hosting.Integrations;

/// <summary>
/// Tasks that call the service's own actions: <c>states:startExecution</c> in all its patterns (https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html) and
/// the actions of <c>aws-sdk:sfn</c> that <see cref="ExecutionService"/> offers.
/// </summary>
internal sealed class NestedExecutions(OrkestraRuntime runtime) : IServiceTasks
{
    /// <summary>How many executions may wait for each other in a row: a machine that waits for itself ends with an error.</summary>
    const int MaxDepth = 1_000;

    /// <summary>Whether a resource is handled here. Executions can only be started when a state machine is registered.</summary>
    public bool Handles(TaskResource resource)
    {
        if (resource.Service is not ("states" or "aws-sdk:sfn")) return false;
        if (resource.Service == "states") return resource.Operation == "startExecution" && !runtime.StateMachines.IsEmpty;
        var action = Pascal(resource.Action);
        return ExecutionService.Offers(action) && (action.StartsWith("SendTask", StringComparison.Ordinal) || !runtime.StateMachines.IsEmpty);
    }

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var isSdk = invocation.Resource.Service != "states";
        try
        {
            return isSdk ? await CallAsync(invocation).ConfigureAwait(false) : await StartAsync(invocation).ConfigureAwait(false);
        }
        catch (ServiceException refusal)
        {
            return isSdk ? ServiceAnswers.SdkError("Sfn", refusal) : ServiceAnswers.Error("StepFunctions", "AWSStepFunctions", refusal);
        }
        catch (Exception problem) when (problem is ExecutionStoreException or ExecutionReplayException)
        {
            // The store failed, or the runtime was stopped: that is not the task's answer. It is delivered again when this execution goes on.
            throw new SuspendedExecutionException(problem);
        }
    }

    async ValueTask<TaskOutcome> StartAsync(TaskInvocation invocation)
    {
        var waits = invocation.Resource.Pattern == TaskPattern.Sync;
        var request = RequestOf(invocation);
        // Delivered again after a restart, the task finds what it started: by a name that follows from the attempt, and by the execution's note of who started it.
        var name = RequestFields.Optional(request, "name") ?? NameOf(invocation);
        var depth = waits ? DepthOf(invocation) : 0;
        var service = runtime.Service;
        var arn = RequestFields.Required(request, "stateMachineArn");
        // An authored document names other workflows as its deployment does, ${Billing}, where the ARN is not known.
        var machine = arn.StartsWith("${", StringComparison.Ordinal) && runtime.StateMachines.Find(arn) is { } named ? named : service.Machine(arn);
        if (waits && machine.Type == StateMachineType.Express)
            throw new ServiceException("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
        var pump = await service.StartAsync(machine, RequestFields.InputOf(request), name, depth, handsOver: waits, startedBy: invocation.AttemptId).ConfigureAwait(false);
        var started = pump.Snapshot!;
        var response = ServiceAnswers.Wrap(JsonObject.Create(("ExecutionArn", started.Arn), ("StartDate", started.StartTime.ToUnixTimeMilliseconds())));
        if (!waits) return TaskOutcome.Result(response);
        invocation.ReportSubmitted(response);
        // An execution that is not waited for any more is stopped, in AWS's words; when this one is suspended, the other is as well and goes on with it.
        var cause = $"The Task state in AWS Step Functions execution [{invocation.ExecutionArn}] which was managing this resource was aborted";
        await using (invocation.CancellationToken.UnsafeRegister(_ => StopAbandoned(), null).ConfigureAwait(false))
        {
            var ended = await service.EndOfAsync(pump).ConfigureAwait(false);
            var description = ServiceAnswers.Pascal(ExecutionService.Describe(ended), DateForm.Milliseconds);
            // In alphabetical order, as on AWS.
            if (!ended.IsSuccess) return TaskOutcome.Failure(ErrorNames.TaskFailed, JsonObject.Create(description.OrderBy(member => member.Key, StringComparer.Ordinal)).ToJson());
            return TaskOutcome.Result(invocation.Resource.Action.EndsWith(":2", StringComparison.Ordinal) ? description.With("Input", ended.Input).With("Output", ended.Output!) : description);
        }

        void StopAbandoned()
        {
            if (invocation.Pump?.Publication.IsOver != true) pump.Post(pump.StopSignal(null, cause));
        }
    }

    static int DepthOf(TaskInvocation invocation)
    {
        var depth = (invocation.Pump?.Depth ?? 0) + 1;
        return depth <= MaxDepth ? depth : throw new ServiceException("ExecutionLimitExceeded", "The maximum number of running executions has been reached");
    }

    async ValueTask<TaskOutcome> CallAsync(TaskInvocation invocation)
    {
        var action = Pascal(invocation.Resource.Action);
        var request = RequestOf(invocation);
        // The other execution may need this clock, and the thread.
        var response = action == "StartSyncExecution"
            ? await runtime.Service.StartSyncAsync(request, DepthOf(invocation)).ConfigureAwait(false)
            : await runtime.Service.CallAsync(action, request).ConfigureAwait(false);
        return TaskOutcome.Result(ServiceAnswers.Pascal(response, DateForm.Text));
    }

    // Values that the interface takes as JSON text may be given as JSON.
    static JsonObject RequestOf(TaskInvocation invocation)
    {
        var request = new JsonObject.Builder();
        if (invocation.Input is not JsonObject parameters) throw new ServiceException("ValidationException", "The parameters of the task must be an object");
        foreach (var (field, value) in parameters)
        {
            var name = Camel(field);
            if (value.IsNull) continue;
            request.Set(name, name is "input" or "output" && value is not JsonString ? value.ToJson() : value);
        }

        return request.Build();
    }

    static string NameOf(TaskInvocation invocation)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes(invocation.AttemptId), hash);
        return new Guid(hash[..16]).ToString();
    }

    static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
