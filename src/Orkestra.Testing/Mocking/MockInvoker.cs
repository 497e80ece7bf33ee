using System.Collections.Concurrent;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing.Mocking;

/// <summary>Answers states from a mock configuration.</summary>
internal sealed class MockInvoker(Dictionary<string, MockedResponse> states, ITaskInvoker? others) : ITaskInvoker
{
    readonly ConcurrentDictionary<string, int> attempts = new(StringComparer.Ordinal);

    internal IReadOnlyCollection<string> States => states.Keys;

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (!states.TryGetValue(invocation.StateName, out var response)) return others?.InvokeAsync(invocation) ?? new(TaskOutcome.Unhandled);
        var attempt = attempts.AddOrUpdate(invocation.StateName, 0, static (_, last) => last + 1);
        return new(response.Find(attempt) is { } answer
            ? Answer(invocation, answer)
            : TaskOutcome.Failure(
                ErrorNames.Runtime, $"The mocked response '{response.Name}' of the state '{invocation.StateName}' has no answer for attempt {attempt}: add it to the mock configuration."));
    }

    static TaskOutcome Answer(TaskInvocation invocation, MockedAttempt answer)
    {
        var resource = invocation.Resource;
        var result = answer.Result is null ? null : Shape(resource, answer.Result);
        if (resource.Pattern == TaskPattern.WaitForTaskToken)
        {
            // What is mocked is the callback; the request itself is always taken.
            if (result is null) invocation.Fail(answer.Error, answer.Cause);
            else invocation.Succeed(result);
            return TaskOutcome.Result(JsonObject.Empty);
        }

        if (resource.Pattern == TaskPattern.Sync) invocation.ReportSubmitted(JsonObject.Empty);
        return result is null ? TaskOutcome.Failure(answer.Error, answer.Cause) : TaskOutcome.Result(result);
    }

    // A mocked Lambda function returns what lambda:invoke answers; called by its ARN it gives the payload alone.
    static JsonValue Shape(TaskResource resource, JsonValue result)
    {
        if (result is not JsonObject answer || !answer.TryGetValue("Payload", out var payload)) return result;
        if (resource.Kind == TaskResourceKind.LambdaFunction) return payload;
        if (!resource.IsLambdaInvoke || resource.Pattern == TaskPattern.WaitForTaskToken) return result;
        var whole = LambdaResponse.Wrap(payload);
        foreach (var (name, value) in answer) whole = whole.With(name, value);
        return whole;
    }
}
