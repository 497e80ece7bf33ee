using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring;

namespace Orkestra.Cdk.Scheduling;

/// <summary>The input of scheduled runs, written as the workflow writes payloads and checked against its input type.</summary>
internal static class ScheduleInput
{
    // https://docs.aws.amazon.com/eventbridge/latest/ref/events-structure.html; others of its members are in many inputs.
    static readonly string[] MembersOfEvents = ["detail-type", "detail", "source", "account", "region", "resources"];

    public static string? Of(object? input, WorkflowDefinition? definition, string owner, ScheduleService service)
    {
        if (input is null)
            return definition is null || !NeedsInput(definition, service)
                ? null
                : throw new SynthesisException($"The schedule of {owner} passes no input, but the workflow takes {NameOf(definition.Workflow.InputType)}: set Input of the schedule.");
        try
        {
            var serializer = definition?.Serializer ?? PayloadSerializer.Default;
            var payload = serializer.Serialize(input);
            if (definition is { Workflow.InputType: var type } && type != typeof(Nothing) && type != typeof(object)) definition.Workflow.CheckInput(payload);
            return payload.ToJson();
        }
        catch (Exception exception) when (exception is PayloadException or JsonException or NotSupportedException or InvalidOperationException)
        {
            throw new SynthesisException($"The workflow cannot read the input of the schedule of {owner}: {exception.Message}", exception);
        }
    }

    static string NameOf(Type type) => Nullable.GetUnderlyingType(type) is { } value ? $"{value.Name}?" : type.Name;

    // Without an input Scheduler passes {} and a rule its event, neither of which is a text, a number or an array. An object may be the event of a rule; {} would only give its members
    // their defaults.
    static bool NeedsInput(WorkflowDefinition definition, ScheduleService service)
    {
        var type = definition.Workflow.InputType;
        if (type == typeof(Nothing) || type == typeof(object)) return false;
        if (type.IsValueType) return type != typeof(JsonElement);
        if (type == typeof(string) || type == typeof(Uri) || type == typeof(byte[])) return true;
        var contract = definition.Serializer.Options.GetTypeInfo(type);
        if (contract.Kind == JsonTypeInfoKind.None) return false;
        return service != ScheduleService.Rule || !contract.Properties.Any(member => MembersOfEvents.Contains(member.Name, StringComparer.OrdinalIgnoreCase));
    }
}
