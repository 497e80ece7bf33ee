using System.Net;
using System.Text;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Conformance.Measured;

/// <summary>The outside of a measured execution: answers tasks by their state's name, attempt by attempt, the last one again and again.</summary>
sealed class MeasuredOutside(MeasuredCase measured, SkippingTimeProvider clock) : ITaskInvoker
{
    readonly Dictionary<string, int> attempts = new(StringComparer.Ordinal);
    readonly List<JsonValue> inputs = [];
    readonly Lock gate = new();
    int work = Works(measured).Sum(activity => (activity["work"] as JsonArray)?.Count ?? 0);

    /// <summary>What the tasks were given, in the order of the calls.</summary>
    internal IReadOnlyList<JsonValue> Inputs
    {
        get
        {
            lock (gate) return [.. inputs];
        }
    }

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        lock (gate)
        {
            if (invocation.Resource.Kind == TaskResourceKind.Activity)
            {
                // The clock waits for the worker that is going to take the task.
                if (work-- > 0) clock.Enter();
                return new(TaskOutcome.Unhandled);
            }

            if (measured["mocks"]?[invocation.StateName] is not JsonArray { Count: > 0 } answers) return new(TaskOutcome.Unhandled);
            inputs.Add(invocation.Input);
            var attempt = attempts[invocation.StateName] = attempts.GetValueOrDefault(invocation.StateName) + 1;
            return new(OutcomeOf(answers[Math.Min(attempt, answers.Count) - 1]));
        }
    }

    /// <summary>Lets workers take the tasks of activities, and end them as the case says.</summary>
    internal void StartWorkers(OrkestraRuntime runtime)
    {
        foreach (var activity in Works(measured))
        {
            var arn = MeasuredCase.Text(activity, "arn")!;
            runtime.Activities.Create(arn);
            _ = WorkAsync(runtime, arn, MeasuredCase.Text(activity, "worker"), activity["work"] as JsonArray ?? JsonArray.Empty);
        }
    }

    async Task WorkAsync(OrkestraRuntime runtime, string arn, string? worker, JsonArray answers)
    {
        var next = runtime.Activities.GetTaskAsync(arn, worker);
        for (var i = 0; i < answers.Count; i++)
        {
            var task = await next;
            if (i + 1 < answers.Count) next = runtime.Activities.GetTaskAsync(arn, worker);
            var answer = answers[i];
            if (answer["return"] is { } result) await runtime.SendTaskSuccessAsync(task.TaskToken, result);
            else if (answer["throw"] is { } error) await runtime.SendTaskFailureAsync(task.TaskToken, MeasuredCase.Text(error, "Error"), MeasuredCase.Text(error, "Cause"));
            else if (answer["silent"] is null) throw new NotSupportedException($"An activity's answer is not known: {answer.ToJson()}");
            clock.LeaveAndSkip();
        }
    }

    static TaskOutcome OutcomeOf(JsonValue answer)
    {
        if (answer["return"] is { } result) return TaskOutcome.Result(result);
        if (answer["returnLength"] is JsonNumber length) return TaskOutcome.Result(new string('x', (int)length.Value));
        if (answer["throw"] is { } error) return TaskOutcome.Failure(MeasuredCase.Text(error, "Error"), MeasuredCase.Text(error, "Cause"));
        throw new NotSupportedException($"A mock's answer is not known: {answer.ToJson()}");
    }

    static IEnumerable<JsonValue> Works(MeasuredCase measured) => measured["activities"] as JsonArray ?? JsonArray.Empty;
}

/// <summary>Answers HTTP requests in order, with the last answer again and again.</summary>
sealed class MeasuredAnswers(JsonArray answers) : HttpMessageHandler
{
    int next;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = answers[Math.Min(Interlocked.Increment(ref next), answers.Count) - 1];
        var response = new HttpResponseMessage((HttpStatusCode)(int)((JsonNumber)answer["status"]!).Value) { RequestMessage = request };
        if (MeasuredCase.Text(answer, "body") is { } body) response.Content = new StringContent(body, Encoding.UTF8, MeasuredCase.Text(answer, "type") ?? "text/plain");
        return Task.FromResult(response);
    }
}
