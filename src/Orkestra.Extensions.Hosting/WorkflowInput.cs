using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Extensions.Hosting;

/// <summary>Inputs of runs, written as the workflow writes its payloads and checked against its input type.</summary>
internal static class WorkflowInput
{
    /// <exception cref="PayloadException">The value has no JSON form, or the workflow cannot read it.</exception>
    internal static JsonValue Of(RegisteredStateMachine machine, object? value)
    {
        var definition = (machine.Invoker as StepInvoker)?.Definition;
        JsonValue input = value is not null ? (definition?.Serializer ?? PayloadSerializer.Default).Serialize(value)
            : definition?.Workflow.InputType == typeof(Nothing) ? JsonValue.Null
            : JsonObject.Empty;
        definition?.Workflow.CheckInput(input);
        return input;
    }
}
