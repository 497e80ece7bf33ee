using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Authoring.Lowering.Metadata;

namespace Orkestra.Authoring.Payloads;

/// <summary>How large the payloads of a workflow can become, by their types, against the 256 KiB that a state may pass on.</summary>
public sealed class PayloadBounds
{
    const int LargestPayload = 256 * 1024;

    // A character takes six bytes as an escape.
    const int LargestCharacter = 6;
    const int LargestNumber = 32;
    const int LargestMoment = 40;

    readonly JsonSerializerOptions options;

    internal PayloadBounds(JsonSerializerOptions options) => this.options = options;

    /// <summary>The payload types of a workflow as lines for people: the largest that has a limit, and those without one.</summary>
    /// <param name="definition">The workflow.</param>
    public static string ToText(WorkflowDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var bounds = new PayloadBounds(definition.Serializer.Options);
        Type[] types = [.. definition.Steps.Values.SelectMany(step => (Type[])[step.Metadata.InputType, step.Metadata.OutputType]).Append(definition.Workflow.InputType).Append(definition.Workflow.OutputType)
            .Where(type => type != typeof(Nothing)).Distinct()];
        var text = new StringBuilder();
        var limited = new List<(Type Type, long Bytes)>();
        foreach (var type in types)
        {
            if (bounds.Of(type, [], TypeName.Of(type)) is { Bytes: { } bytes }) limited.Add((type, bytes));
        }

        if (limited.Count > 0)
        {
            var (type, bytes) = limited.MaxBy(type => type.Bytes);
            text.Append(CultureInfo.InvariantCulture, $"The largest payload type with a limit is {TypeName.Of(type)}, with at most {bytes:N0} of {LargestPayload:N0} bytes{(bytes > LargestPayload ? ": it may be too large" : "")}.\n");
        }

        foreach (var type in types)
        {
            if (bounds.Of(type, [], TypeName.Of(type)) is { Bytes: null, Reason: var reason }) text.Append(CultureInfo.InvariantCulture, $"{TypeName.Of(type)} has no limit: {reason}.\n");
        }

        return text.ToString();
    }

    /// <summary>The most bytes that a value of a type takes as JSON, or why there is no limit.</summary>
    internal (long? Bytes, string? Reason) Of(Type type, HashSet<Type> around, string path, int? length = null)
    {
        type = Types.Unwrap(type);
        if (type == typeof(string)) return length is { } characters ? ((long)characters * LargestCharacter + 2, null) : (null, $"{path} is a text without [MaxLength]");
        if (type == typeof(bool)) return (5, null);
        if (Types.IsNumber(type) || type.IsEnum) return (type.IsEnum ? Math.Max(LargestNumber, Enum.GetNames(type).Max(name => name.Length) + 2) : LargestNumber, null);
        if (Types.IsMoment(type) || Types.IsText(type)) return (LargestMoment, null);
        if (!options.TryGetTypeInfo(type, out var info)) return (null, $"what {path} holds is not known");
        if (!around.Add(type)) return (null, $"{path} contains itself");
        try
        {
            if (info is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element })
            {
                if (length is not { } count) return (null, $"{path} is a list without [MaxLength]");
                var (bytes, reason) = Of(element, around, $"an element of {path}");
                return bytes is { } each ? (2 + (count * (each + 1)), null) : (null, reason);
            }

            if (info.Kind != JsonTypeInfoKind.Object || info.Properties.Count == 0) return (null, $"what {path} holds is not known");
            var sum = 2L;
            foreach (var property in info.Properties)
            {
                if (property.Get is null) continue;
                var (bytes, reason) = Of(property.PropertyType, around, $"{path}.{property.Name}", LengthOf(property));
                if (bytes is not { } size) return (null, reason);
                sum += Encoding.UTF8.GetByteCount(property.Name) + 4 + size;
            }

            return (sum, null);
        }
        finally
        {
            around.Remove(type);
        }
    }

    static int? LengthOf(JsonPropertyInfo property)
    {
        foreach (var attribute in property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [])
        {
            if (attribute is MaxLengthAttribute { Length: > 0 } most) return most.Length;
            if (attribute is StringLengthAttribute text) return text.MaximumLength;
            if (attribute is LengthAttribute range) return range.MaximumLength;
        }

        return null;
    }
}
