using System.Diagnostics.CodeAnalysis;
using Orkestra.Engine;
using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Integrations;

namespace Orkestra.Hosting.TestState;

// Task states: the work is mocked, or carried out by the invoker.
internal sealed partial class StateTestRun
{
    async ValueTask<ExecutionFailure?> TaskAsync(TaskNode task, CancellationToken cancellationToken)
    {
        var input = EffectiveInput();
        var arguments = task.Arguments?.Evaluate(At(input)) ?? input;
        if (IsJsonata) seen.AfterArguments = arguments;
        else seen.AfterParameters = arguments;
        task.Seconds(task.Timeout, "TimeoutSeconds", At(input));
        task.Seconds(task.Heartbeat, "HeartbeatSeconds", At(input));
        task.Credentials?.Evaluate(At(input));
        var isTracedHttp = request.InspectionLevel == InspectionLevel.Trace && task.Resource is { Service: "http", Operation: "invoke" };
        if (isTracedHttp) seen.Request = HttpInspection.Request(arguments, null);
        if (request.Mock is { ErrorOutput: null })
        {
            seen.Result = mockResult;
        }
        else if (request.Mock is null)
        {
            var outcome = await InvokeAsync(task, arguments).WaitAsync(LongestTest, clock, cancellationToken).ConfigureAwait(false);
            if (!outcome.IsSuccess) return new ExecutionFailure(outcome.Error, outcome.Cause, outcome.Error == ErrorNames.Runtime);
            seen.Result = outcome.Kind == TaskOutcome.OutcomeKind.Payload && task.Resource.IsLambdaInvoke ? LambdaResponse.Wrap(outcome.Value!) : outcome.Value!;
            if (seen.Result.Utf8Length > execution.Quotas.MaxPayloadBytes) return ExecutionFailure.Oversized(task.LimitName, terminal: false);
        }

        if (isTracedHttp && seen.Result is { } answer) seen.Response = HttpInspection.Response(answer);
        if (request.Mock is not null) return Mocked();
        Leave(seen.Result, showFilters: true);
        return null;
    }

    void Reveal(JsonValue arguments, HttpTaskConnection connection)
    {
        if (request.RevealSecrets && request.InspectionLevel == InspectionLevel.Trace) seen.Request = HttpInspection.Request(arguments, connection);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an invoker throws is the error of its task.")]
    async Task<TaskOutcome> InvokeAsync(TaskNode task, JsonValue arguments)
    {
        TaskOutcome outcome;
        try
        {
            var invocation = new TaskInvocation(task.Resource, arguments, task.Name);
            outcome = invoker is null ? default : await invoker.InvokeAsync(invocation).ConfigureAwait(false);
            if (!outcome.IsHandled && http is not null && task.Resource is { Service: "http", Operation: "invoke" })
                outcome = await new HttpTasks(http).InvokeAsync(invocation, connection => Reveal(arguments, connection)).ConfigureAwait(false);
        }
        catch (Exception problem)
        {
            return TaskOutcome.FunctionError(problem);
        }

        return outcome.IsHandled
            ? outcome
            : TaskOutcome.Failure(ErrorNames.Runtime, $"No invoker knows the resource '{task.Resource}' of the tested state; give the test an invoker that does, or a mock.");
    }
}
