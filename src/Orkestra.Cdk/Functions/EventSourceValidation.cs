using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.CDK.AWS.Lambda;
using Amazon.JSII.Runtime.Deputy;
using Constructs;
using Orkestra.Authoring;

namespace Orkestra.Cdk.Functions;

/// <summary>
/// Refuses an event source whose events a step can't read, and, for a step that runs once for each record, one that does not ask which records failed: it would treat failed records as processed, and
/// they would be lost.
/// </summary>
internal sealed class EventSourceValidation(IStep step, Function function) : DeputyBase, IValidation
{
    const string Asked = "ReportBatchItemFailures";

    public string[] Validate() => [.. function.Node.FindAll().OfType<CfnEventSourceMapping>().Select(Problem).OfType<string>()];

    string? Problem(CfnEventSourceMapping source)
    {
        var name = source.Node.Scope!.Node.Id;
        if (step.RunsEachRecord && source.FunctionResponseTypes?.Contains(Asked) != true)
            return $"The step '{step.Name}' answers with the records that failed (EachRecord), and its source {name} does not ask for them: set {Asked} = true on it.";
        if (step.Envelope is null && !TakesEvents(step.InputType))
            return $"The step '{step.Name}' takes {TypeName.Of(step.InputType)}, and its source {name} passes an event with records around it: set the step's Envelope, such as {{ Envelope = Envelope.Sqs }}, or let it take the event as JsonElement.";
        return null;
    }

    // Anything, nothing, and classes that describe an event themselves.
    static bool TakesEvents(Type type) =>
        type == typeof(object) || type == typeof(Nothing) || type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(type) || typeof(JsonDocument).IsAssignableFrom(type)
        || typeof(Expressions.Data.JsonValue).IsAssignableFrom(type)
        || type.GetProperties().Any(static property => property.Name.Contains("Records", StringComparison.OrdinalIgnoreCase) || property.Name.Contains("Messages", StringComparison.OrdinalIgnoreCase));
}
