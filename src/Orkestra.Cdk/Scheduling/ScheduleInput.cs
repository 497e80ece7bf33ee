using System.Text.Json;
using Orkestra.Authoring;

namespace Orkestra.Cdk.Scheduling;

/// <summary>The payload of scheduled runs, written as the workflow writes payloads and checked against what it takes.</summary>
internal static class ScheduleInput
{
    public static string? Of(object? input, WorkflowDefinition? definition, string owner)
    {
        if (input is null) return null;
        try
        {
            var serializer = definition?.Serializer ?? PayloadSerializer.Default;
            var payload = serializer.Serialize(input);
            if (definition is { Workflow.InputType: var type } && type != typeof(Nothing) && type != typeof(object))
                JsonSerializer.Deserialize(payload.ToUtf8Bytes(), serializer.Options.GetTypeInfo(type));
            return payload.ToJson();
        }
        catch (Exception exception) when (exception is PayloadException or JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new SynthesisException($"The input of the schedule of {owner} is not one the workflow can read: {exception.Message}", exception);
        }
    }
}
