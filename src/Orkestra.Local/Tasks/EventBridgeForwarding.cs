using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Local.Tasks;

/// <summary>EventBridge: <c>events:putEvents</c>, and every action of <c>aws-sdk:eventbridge</c>.</summary>
internal sealed class EventBridgeForwarding(ServiceClient client) : IForwardedService
{
    public ForwardedService Service { get; } = new()
    {
        Name = "EventBridge",
        Optimized = "events",
        Sdk = "eventbridge",
        SdkErrors = "EventBridge",
        OptimizedErrors = "EventBridge",
        OptimizedCause = "AmazonEventBridge",
        Signing = "events",
        Variables = ["AWS_ENDPOINT_URL_EVENTBRIDGE", "EVENTS_ENDPOINT"],
    };

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var isOptimized = invocation.Resource.Service == Service.Optimized;
        var request = invocation.Input as JsonObject ?? JsonObject.Empty;
        if (((JsonValue)request)["Entries"] is JsonArray entries)
            request = request.With("Entries", JsonArray.Create(((IEnumerable<JsonValue>)entries).Select(entry => (JsonValue)TaskNames.WithText(entry, "Detail"))));
        var answer = await client.CallJsonAsync(Service, $"AWSEvents.{TaskNames.Action(invocation.Resource)}", "1.1", request, invocation.CancellationToken).ConfigureAwait(false);
        // The optimized integration fails when an entry does.
        if (isOptimized && ((JsonValue)answer)["FailedEntryCount"] is JsonNumber { Value: > 0 }) return TaskOutcome.Failure("EventBridge.FailedEntry", ((JsonValue)answer)["Entries"]?.ToJson());
        return isOptimized ? TaskOutcome.OptimizedResult(answer) : TaskOutcome.Result(answer);
    }
}
