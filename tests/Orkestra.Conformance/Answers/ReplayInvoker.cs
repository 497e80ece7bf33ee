using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Testing.Mocking;

namespace Orkestra.Conformance.Answers;

/// <summary>
/// The outside of an execution: answers each attempt of a task as the case's <c>taskReplay</c> says, in its order, the one with the same request first; where it says nothing, the
/// case's Lambda functions answer.
/// </summary>
sealed class ReplayInvoker(CorpusCase corpusCase, SkippingTimeProvider clock) : ITaskInvoker
{
    static readonly TimeSpan CallbackDelay = TimeSpan.FromSeconds(1);

    readonly List<JsonObject> replay =
        corpusCase.Json["taskReplay"] is JsonArray entries ? [.. ((IEnumerable<JsonValue>)entries).OfType<JsonObject>()] : [];

    readonly ITaskInvoker? mocks = corpusCase.Json["mockConfig"] is { } config
        ? MockConfiguration.Read(config).CreateInvoker(((JsonObject)config["StateMachines"]!).Names[0], corpusCase.Text("mockTestCase")!) : null;

    readonly List<ITimer> callbacks = [];
    readonly Lock gate = new();

    internal OrkestraRuntime Runner { get; set; } = null!;

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        // Activities are left to their workers.
        if (invocation.Resource.Kind == TaskResourceKind.Activity) return new(TaskOutcome.Unhandled);
        JsonObject? entry;
        lock (gate) entry = Next(invocation);
        if (entry is not null) return Replay(invocation, entry);
        return mocks is not null ? mocks.InvokeAsync(invocation) : Lambda(invocation);
    }

    JsonObject? Next(TaskInvocation invocation)
    {
        var ofState = replay.Where(entry => entry["state"] == (JsonValue)invocation.StateName).ToArray();
        var next = ofState.FirstOrDefault(entry => entry["request"] is { } request && Likeness.Same(request, invocation.Input)) ?? ofState.FirstOrDefault();
        if (next is not null) replay.Remove(next);
        return next;
    }

    ValueTask<TaskOutcome> Replay(TaskInvocation invocation, JsonObject entry)
    {
        var result = Text(entry, "result") ?? "";
        var (error, cause) = (Text(entry, "error"), Text(entry, "cause"));
        var output = entry["output"] ?? JsonValue.Null;
        var failsAtOnce = result.EndsWith("Failed", StringComparison.Ordinal) && IsOfService(invocation.Resource, error);
        if (invocation.Resource.Pattern == TaskPattern.WaitForTaskToken && !failsAtOnce)
        {
            if (!result.EndsWith("TimedOut", StringComparison.Ordinal))
            {
                var token = invocation.TaskToken;
                callbacks.Add(clock.CreateTimer(
                    _ =>
                    {
                        if (error is null && cause is null && result.EndsWith("Succeeded", StringComparison.Ordinal)) _ = Runner.SendTaskSuccessAsync(token, output);
                        else _ = Runner.SendTaskFailureAsync(token, error, cause);
                    },
                    null,
                    CallbackDelay,
                    Timeout.InfiniteTimeSpan));
            }

            return new(TaskOutcome.Result(Submitted(invocation, output)));
        }

        if (invocation.Resource.Pattern == TaskPattern.Sync && !failsAtOnce) invocation.ReportSubmitted(Submitted(invocation, output));
        if (result.EndsWith("TimedOut", StringComparison.Ordinal)) return Never(invocation);
        return new(result.EndsWith("Failed", StringComparison.Ordinal) ? TaskOutcome.Failure(error, cause) : TaskOutcome.Result(output));
    }

    /// <summary>A request that the service itself refuses is named after the service, such as <c>SQS.QueueDoesNotExistException</c>.</summary>
    static bool IsOfService(TaskResource resource, string? error) =>
        error is not null && error.Split('.') is [not "States" and var service, _, ..] && resource.Service.EndsWith(service == "StepFunctions" ? "states" : service, StringComparison.OrdinalIgnoreCase);

    async ValueTask<TaskOutcome> Never(TaskInvocation invocation)
    {
        await Task.Delay(TimeSpan.FromDays(40), clock, invocation.CancellationToken);
        return TaskOutcome.Failure("NoAnswer");
    }

    [SuppressMessage("Security", "CA5351", Justification = "SQS answers the MD5 of a message's body.")]
    static JsonObject Submitted(TaskInvocation invocation, JsonValue output)
    {
        var messageId = Guid.NewGuid().ToString();
        switch (invocation.Resource.Service)
        {
            case "sqs":
                var body = invocation.Input["MessageBody"] switch { JsonString text => text.Value, { } value => value.ToJson(), null => "" };
                return JsonObject.Create(("MD5OfMessageBody", Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)))), ("MessageId", messageId));
            case "sns":
                return JsonObject.Create(("MessageId", messageId));
            case "states":
                var machine = (invocation.Input["StateMachineArn"] as JsonString)?.Value.Replace(":stateMachine:", ":execution:", StringComparison.Ordinal);
                var name = (invocation.Input["Name"] as JsonString)?.Value ?? messageId;
                return JsonObject.Create(("ExecutionArn", output["ExecutionArn"] ?? $"{machine}:{name}"), ("StartDate", output["StartDate"] ?? "start-date"));
            default:
                return JsonObject.Empty;
        }
    }

    ValueTask<TaskOutcome> Lambda(TaskInvocation invocation)
    {
        if (invocation.Resource.Service != "lambda" || corpusCase.Json["lambdas"] is not JsonObject functions) return new(TaskOutcome.Unhandled);
        var named = invocation.Resource.IsLambdaInvoke ? (invocation.Input["FunctionName"] as JsonString)?.Value ?? "" : invocation.Resource.Action;
        named = named[(named.LastIndexOf(':') + 1)..];
        var function = functions.TryGetValue(named, out var known) ? known : functions.Count == 1 ? functions.Values[0] : null;
        if (function is null) return new(TaskOutcome.Unhandled);
        var payload = invocation.Resource.IsLambdaInvoke ? PayloadOf(invocation) : invocation.Input;
        switch (Text((JsonObject)function, "behaviour"))
        {
            case "echo": return new(TaskOutcome.Payload(payload));
            case "fixed": return new(TaskOutcome.Payload(function["returns"] ?? JsonValue.Null));
            case "large-string" when function["returnsRepeated"] is JsonArray { Count: 2 } repeated:
                return new(TaskOutcome.Payload(string.Concat(Enumerable.Repeat(((JsonString)repeated[0]).Value, (int)((JsonNumber)repeated[1]).Value))));
            case "raise": return new(Raised(Text((JsonObject)function, "errorType") ?? "Exception", Text((JsonObject)function, "errorMessage") ?? ""));
            case "delay-then-echo": return Delayed(invocation, payload, ((function["delaySeconds"] as JsonNumber)?.Value ?? 60));
            default: return new(TaskOutcome.Unhandled);
        }
    }

    // As the Python runtime tells of it.
    static TaskOutcome Raised(string type, string message) => TaskOutcome.Failure(type, JsonObject.Create(
        ("errorMessage", message),
        ("errorType", type),
        ("requestId", Guid.NewGuid().ToString()),
        ("stackTrace", JsonArray.Create([(JsonValue)$"  File \"/var/task/handler.py\", line 2, in handler\n    raise {type}(\"{message}\")\n"]))).ToJson());

    // A payload of null is no payload, and a function then gets an empty event.
    static JsonValue PayloadOf(TaskInvocation invocation) => invocation.Input["Payload"] is { IsNull: false } payload ? payload : JsonObject.Empty;

    async ValueTask<TaskOutcome> Delayed(TaskInvocation invocation, JsonValue payload, double seconds)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), clock, invocation.CancellationToken);
        return TaskOutcome.Payload(payload);
    }

    static string? Text(JsonObject entry, string name) => ((JsonValue)entry)[name] switch
    {
        null or JsonNull => null,
        JsonString text => text.Value,
        var value => value.ToJson(),
    };
}
