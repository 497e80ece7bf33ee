using System.Security.Cryptography;
using System.Text;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Hosting.Integrations;

/// <summary>
/// Tasks that deal with executions: <c>states:startExecution</c> in all its patterns (https://docs.aws.amazon.com/step-functions/latest/dg/connect-stepfunctions.html) and
/// the actions of <c>aws-sdk:sfn</c> that <see cref="ExecutionService"/> offers.
/// </summary>
internal sealed class NestedExecutions(ExecutionRunner runner) : ITaskInvoker
{
    /// <summary>How many executions may wait for each other in a row: a machine that waits for itself ends with an error.</summary>
    const int Deepest = 1_000;

    /// <summary>How many characters the cause of a failure has at most.</summary>
    const int LongestCause = 32_768;

    /// <summary>Whether a resource is carried out here. Executions can only be started when some state machine is known.</summary>
    internal bool Knows(TaskResource resource)
    {
        if (resource.Service == "states") return resource.Operation == "startExecution" && runner.Service.StateMachines.Count > 0;
        var action = Pascal(resource.Action);
        return ExecutionService.Offers(action) && (action.StartsWith("SendTask", StringComparison.Ordinal) || runner.Service.StateMachines.Count > 0);
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
    }

    async ValueTask<TaskOutcome> StartAsync(TaskInvocation invocation)
    {
        var waits = invocation.Resource.Pattern == TaskPattern.Sync;
        var request = RequestOf(invocation);
        var name = Names.Optional(request, "name");
        // Delivered again after a restart, the task finds what it started.
        var isOwn = invocation.IsSubmitted || name is null;
        if (waits) name ??= NameOf(invocation);
        var depth = waits ? (invocation.Run?.Depth ?? 0) + 1 : 0;
        if (depth > Deepest) throw new ServiceException("ExecutionLimitExceeded", "The maximum number of running executions has been reached");
        var machine = runner.Service.Machine(Names.Required(request, "stateMachineArn"));
        if (waits && machine.Type == StateMachineType.Express)
            throw new ServiceException("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
        var input = ExecutionService.InputOf(Names.Optional(request, "input"));
        var run = waits ? await GoOnAsync(machine, name!, isOwn).ConfigureAwait(false) : null;
        ExecutionStart? start = null;
        run ??= runner.Service.Prepare(machine, input, name, depth, out start);
        var response = ServiceAnswers.Wrap(JsonObject.Create(("ExecutionArn", run.Execution.Arn), ("StartDate", new DateTimeOffset(run.Execution.StartedAt, TimeSpan.Zero).ToUnixTimeMilliseconds())));
        if (!waits)
        {
            if (start is not null) runner.Service.Begin(run, start);
            return TaskOutcome.Result(response);
        }

        invocation.ReportSubmitted(response);
        // What nobody waits for any more is stopped.
        await using (invocation.CancellationToken.UnsafeRegister(static child => ((ExecutionRun)child!).Stop(null, null), run).ConfigureAwait(false))
        {
            var ended = await runner.Service.EndOf(run, start).ConfigureAwait(false);
            var description = ServiceAnswers.Pascal(ExecutionService.Describe(run), DateForm.Milliseconds);
            if (!ended.IsSuccess)
            {
                // A cause inside a cause, escaped again and again, would grow without end.
                var cause = description.ToJson();
                return TaskOutcome.Failure(ErrorNames.TaskFailed, cause.Length > LongestCause ? cause[..LongestCause] : cause);
            }

            return TaskOutcome.Result(invocation.Resource.Action.EndsWith(":2", StringComparison.Ordinal) ? description.With("Input", ended.Input).With("Output", ended.Output!) : description);
        }
    }

    // The execution that was started before a restart: it may be known still, or stored. The end of another one of the same name is none of ours.
    async ValueTask<ExecutionRun?> GoOnAsync(RegisteredStateMachine machine, string name, bool isOwn)
    {
        var arn = machine.Identity.ExecutionArn(machine.Type, name, "");
        if (runner.Service.Find(arn) is { } known) return isOwn ? known : null;
        if (runner.Store is null) return null;
        var events = await runner.Store.ReadAsync(arn).ConfigureAwait(false);
        if (events.Count == 0) return null;
        var run = new ExecutionRun(runner, machine.Plan, new ExecutionOptions { Machine = machine.Identity, Type = machine.Type, Quotas = machine.Quotas, Logging = machine.Logging });
        runner.Service.Remember(arn, run);
        _ = run.ResumeAsync(events).AsTask();
        return isOwn || !run.Execution.HasEnded ? run : throw new ServiceException("ExecutionAlreadyExists", $"Execution Already Exists: '{arn}'");
    }

    async ValueTask<TaskOutcome> CallAsync(TaskInvocation invocation)
    {
        var action = Pascal(invocation.Resource.Action);
        var request = RequestOf(invocation);
        JsonObject response;
        if (action == "StartSyncExecution")
        {
            // The other execution may need this clock, and the thread.
            var depth = (invocation.Run?.Depth ?? 0) + 1;
            if (depth > Deepest) throw new ServiceException("ExecutionLimitExceeded", "The maximum number of running executions has been reached");
            response = await runner.Service.StartSyncAsync(request, depth).ConfigureAwait(false);
        }
        else
        {
            // A history is read once its execution rests, which may be the one that asks.
            response = await Task.Run(() => runner.Service.CallAsync(action, request)).ConfigureAwait(false);
        }

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
        SHA256.HashData(Encoding.UTF8.GetBytes($"{invocation.ExecutionArn}/{invocation.IdempotencyKey}"), hash);
        return new Guid(hash[..16]).ToString();
    }

    static string Pascal(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name[1..];
}
