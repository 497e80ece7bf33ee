using CsCheck;
using Orkestra.Expressions.Data;
using static Orkestra.Engine.Tests.Generating.Definitions;

namespace Orkestra.Engine.Tests.Generating;

/// <summary>Random Task states, and the retriers and catchers of all states that have them.</summary>
static class Tasks
{
    internal const string Activity = "arn:aws:states:us-east-1:000000000000:activity:work";

    static readonly Gen<string> Resource = Gen.OneOf(
        "arn:aws:states:::lambda:invoke",
        "arn:aws:states:::lambda:invoke",
        "arn:aws:lambda:us-east-1:000000000000:function:work",
        "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "arn:aws:states:::glue:startJobRun.sync",
        "arn:aws:states:::aws-sdk:sfn:listStateMachines",
        Activity);

    /// <summary>Task states.</summary>
    public static Gen<JsonObject> Any(bool isJsonata) =>
        from resource in Resource
        from timeout in Gen.OneOf(0, 0, 20, 100)
        from beats in Gen.Bool
        from handlers in Handlers(isJsonata)
        select Members([
            ("Type", "Task"),
            ("Resource", resource),
            (isJsonata ? "Arguments" : "Parameters", Arguments(isJsonata, resource)),
            ("TimeoutSeconds", timeout == 0 ? null : timeout),
            ("HeartbeatSeconds", beats && timeout > 0 && resource is Activity or "arn:aws:states:::sqs:sendMessage.waitForTaskToken" && timeout > 0 ? 10 : null),
            isJsonata ? ("Output", "{% $merge([$states.input, {'task': $states.result}]) %}") : ("ResultPath", "$.task"),
            .. handlers]);

    static JsonObject Arguments(bool isJsonata, string resource)
    {
        var payload = isJsonata ? Members(("n", "{% $states.input.n %}")) : Members(("n.$", "$.n"));
        var withToken = payload.With(isJsonata ? "token" : "token.$", isJsonata ? "{% $states.context.Task.Token %}" : "$$.Task.Token");
        return resource switch
        {
            "arn:aws:states:::lambda:invoke" => Members(("FunctionName", "work"), ("Payload", payload)),
            "arn:aws:states:::lambda:invoke.waitForTaskToken" => Members(("FunctionName", "work"), ("Payload", withToken)),
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken" => Members(("QueueUrl", "https://queue"), ("MessageBody", withToken)),
            "arn:aws:states:::glue:startJobRun.sync" => Members(("JobName", "work"), ("Arguments", payload)),
            "arn:aws:states:::aws-sdk:sfn:listStateMachines" => Members(("MaxResults", 5)),
            _ => payload,
        };
    }

    /// <summary>Retry and Catch, or neither.</summary>
    public static Gen<(string, JsonValue?)[]> Handlers(bool isJsonata) =>
        from retries in Gen.Frequency((2, Gen.Const<JsonObject[]>([])), (2, Retrier.Array[1, 2]))
        from catches in Gen.Frequency((1, Gen.Const<JsonObject[]>([])), (2, Catcher(isJsonata).Array[1, 2]))
        select new (string, JsonValue?)[] { ("Retry", Listed(retries)), ("Catch", Listed(catches)) };

    static Gen<JsonObject> Retrier { get; } =
        from error in Error
        from attempts in Gen.Int[0, 3]
        from interval in Gen.Int[1, 30]
        from rate in Gen.OneOf(1.0, 1.5, 2.0)
        from jitter in Gen.OneOf("NONE", "FULL")
        select Members(
            ("ErrorEquals", JsonArray.Create([(JsonValue)error])), ("MaxAttempts", attempts), ("IntervalSeconds", interval), ("BackoffRate", rate), ("MaxDelaySeconds", interval + 20),
            ("JitterStrategy", jitter));

    static Gen<JsonObject> Catcher(bool isJsonata) =>
        from error in Error
        from far in Gen.Int[1, 3]
        select Members(
            ("ErrorEquals", JsonArray.Create([(JsonValue)error])),
            isJsonata ? ("Output", "{% $merge([$states.input, {'caught': $states.errorOutput}]) %}") : ("ResultPath", "$.caught"),
            ("Next", $"+{far}"));

    static Gen<string> Error => Gen.OneOf("Boom", "States.TaskFailed", "States.Timeout", "States.ALL", "States.BranchFailed");

    // States.ALL has to stand alone and last.
    static JsonArray? Listed(JsonObject[] handlers)
    {
        if (handlers.Length == 0) return null;
        var first = handlers.Where(handler => !IsForAll(handler)).ToList();
        if (handlers.FirstOrDefault(IsForAll) is { } all) first.Add(all);
        return JsonArray.Create(first.Select(handler => (JsonValue)handler));
    }

    static bool IsForAll(JsonObject handler) => ((JsonValue)handler)["ErrorEquals"]![0] == (JsonValue)"States.ALL";
}
