using System.Text.Json;
using System.Text.Json.Schema;
using Microsoft.AspNetCore.Http;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using JsonNode = System.Text.Json.Nodes.JsonNode;
using Nodes = System.Text.Json.Nodes;

namespace Orkestra.Dashboard.Pages;

/// <summary>A member of a workflow's input, or of a reply to it, as a field of a form.</summary>
internal sealed record InputField
{
    internal required string Name { get; init; }

    /// <summary><c>string</c>, <c>integer</c>, <c>number</c>, <c>boolean</c>, or <c>json</c> for anything else.</summary>
    internal required string Kind { get; init; }

    internal string TypeName { get; init; } = "";

    internal bool IsRequired { get; init; }

    internal IReadOnlyList<string> Choices { get; init; } = [];

    internal string? Description { get; init; }

    internal string? Value { get; init; }

    /// <summary>The workflow whose steps run in this process; null for a document.</summary>
    internal static WorkflowDefinition? DefinitionOf(RegisteredStateMachine machine) => (machine.Invoker as StepInvoker)?.Definition;

    /// <summary>The members of the input type; null when it is not known or has none.</summary>
    internal static IReadOnlyList<InputField>? Of(RegisteredStateMachine machine, JsonValue? values) => DefinitionOf(machine) is { } definition ? Of(definition, definition.Workflow.InputType, values) : null;

    /// <summary>The members of a type; null when it has none.</summary>
    internal static IReadOnlyList<InputField>? Of(WorkflowDefinition definition, Type type, JsonValue? values)
    {
        JsonNode schema;
        try
        {
            schema = definition.Serializer.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = Describe,
            });
        }
        catch (Exception problem) when (problem is NotSupportedException or InvalidOperationException)
        {
            return null;
        }

        if (schema is not Nodes.JsonObject root || root["properties"] is not Nodes.JsonObject { Count: > 0 } properties) return null;
        var required = root["required"] is Nodes.JsonArray names ? names.Select(name => name!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) : [];
        return [.. properties.Select(property => Of(property.Key, property.Value, required.Contains(property.Key), values?[property.Key]))];
    }

    /// <summary>The fields with what was entered, so that it is not lost when it is refused.</summary>
    internal static IReadOnlyList<InputField>? Entered(IReadOnlyList<InputField>? fields, IFormCollection form) =>
        fields is null ? null : [.. fields.Select(field => field with { Value = form[$"field:{field.Name}"].ToString() is { Length: > 0 } entered ? entered : null })];

    /// <summary>The object that a form with these fields holds.</summary>
    /// <exception cref="FormatException">A field has no value of its type.</exception>
    internal static JsonObject Read(IReadOnlyList<InputField> fields, IFormCollection form)
    {
        var input = new JsonObject.Builder(fields.Count);
        foreach (var field in fields)
        {
            if (field.Read(form[$"field:{field.Name}"]) is { } value) input.Set(field.Name, value);
        }

        return input.Build();
    }

    static JsonNode Describe(JsonSchemaExporterContext context, JsonNode schema)
    {
        var description = context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(System.ComponentModel.DescriptionAttribute), inherit: true)
            .OfType<System.ComponentModel.DescriptionAttribute>().FirstOrDefault()?.Description;
        if (description is not null && schema is Nodes.JsonObject members) members["description"] = description;
        return schema;
    }

    static InputField Of(string name, JsonNode? schema, bool isRequired, JsonValue? value)
    {
        var members = schema as Nodes.JsonObject;
        var types = members?["type"] switch
        {
            Nodes.JsonArray several => several.Select(type => type!.GetValue<string>()).Where(type => type != "null").ToList(),
            Nodes.JsonValue one => [one.GetValue<string>()],
            _ => [],
        };
        var choices = members?["enum"] is Nodes.JsonArray listed
            ? listed.Where(choice => choice?.GetValueKind() == JsonValueKind.String).Select(choice => choice!.GetValue<string>()).ToList() : [];
        var kind = choices.Count > 0 ? "string" : types switch
        {
            // Numbers may be written as strings, too.
            _ when types.Contains("integer") => "integer",
            _ when types.Contains("number") => "number",
            ["boolean"] => "boolean",
            ["string"] => "string",
            _ => "json",
        };
        var shown = value ?? (members?["default"] is { } usual ? JsonValue.Parse(usual.ToJsonString()) : null);
        return new InputField
        {
            Name = name,
            Kind = kind,
            TypeName = members?["format"] is { } format ? format.GetValue<string>() : kind == "json" ? string.Join(" or ", types.DefaultIfEmpty("JSON")) : kind,
            IsRequired = isRequired,
            Choices = choices,
            Description = members?["description"]?.GetValue<string>(),
            Value = shown switch
            {
                null => null,
                JsonString text when kind == "string" => text.Value,
                _ => shown.ToJson(),
            },
        };
    }

    /// <summary>The value of what was entered; null when the field is empty and may be.</summary>
    /// <exception cref="FormatException">It is not a value of the field's type.</exception>
    internal JsonValue? Read(string? entered)
    {
        if (string.IsNullOrEmpty(entered) && (Kind != "string" || !IsRequired || Choices.Count > 0))
            return IsRequired ? throw new FormatException($"{Name} is required.") : null;
        if (Kind == "string") return entered;
        JsonValue value;
        try
        {
            value = JsonValue.Parse(entered!);
        }
        catch (JsonFormatException problem)
        {
            throw Kind == "json" ? new FormatException($"{Name} is not valid JSON: {problem.Message}", problem) : Misfit();
        }

        var fits = Kind switch
        {
            "integer" => value is JsonNumber number && Math.Floor(number.Value) == number.Value,
            "number" => value is JsonNumber,
            "boolean" => value is JsonBoolean,
            _ => true,
        };
        return fits ? value : throw Misfit();
    }

    FormatException Misfit() => new($"{Name} must be {(Kind == "integer" ? "an integer" : $"a {Kind}")}.");
}
