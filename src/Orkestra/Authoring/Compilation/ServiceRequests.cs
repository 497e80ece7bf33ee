using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Orkestra.Asl.Integrations;
using Orkestra.Authoring.Lowering.Metadata;
using Orkestra.Authoring.Payloads;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>Compares the arguments of a service call with what the action takes: Step Functions refuses members that it doesn't know and values of another type, but only when the call is made.</summary>
internal sealed class ServiceRequests(string label, string action, IReadOnlyDictionary<JsonValue, Type> computed, JsonSerializerOptions options)
{
    /// <summary>Compares them.</summary>
    /// <exception cref="WorkflowException">They don't fit.</exception>
    public void Check(Shape request, JsonObject arguments) => CheckMembers(request, arguments, "");

    void Check(Shape shape, JsonValue value, string path)
    {
        if (shape.Kind == ShapeKind.Any || value.IsNull || Given(value) is not { } given) return;
        if (given != shape.Kind && !(given == ShapeKind.Structure && shape.Kind == ShapeKind.Map))
            throw new WorkflowException($"The argument {path} of '{label}' is {Described(value)}, but {action} takes {Taken(shape)} there{Fix(shape, given, value)}.");
        if (computed.ContainsKey(value)) return;
        switch (value)
        {
            case JsonString { Value: var text } when shape.Words is { } words && !words.Contains(text):
                throw new WorkflowException($"The argument {path} of '{label}' is '{text}': {action} takes {string.Join(", ", words)} there.");
            case JsonArray items:
                for (var i = 0; i < items.Count; i++) Check(shape.Member, items[i], $"{path}[{i}]");
                break;
            case JsonObject members when shape.Kind == ShapeKind.Map:
                foreach (var (name, member) in members) Check(shape.Member, member, $"{path}.{name}");
                break;
            case JsonObject members:
                CheckMembers(shape, members, $"{path}.");
                break;
        }
    }

    void CheckMembers(Shape shape, JsonObject members, string path)
    {
        foreach (var (name, value) in members)
        {
            if (!shape.Fields.Keys.Contains(name, StringComparer.Ordinal))
                throw new WorkflowException($"'{label}' gives {action} the member '{path}{name}', which it doesn't take. {(SimilarName.Of(name, shape.Fields.Keys) is { } near ? $"Did you mean '{near}'?" : $"It takes {string.Join(", ", shape.Fields.Keys)}.")}");
            Check(shape.Fields[name], value, path + name);
        }

        // What an action itself requires has been looked for already.
        if (path.Length > 0 && shape.Required.FirstOrDefault(name => members[name] is null) is { } missing)
            throw new WorkflowException($"'{label}' does not give {action} the required member '{path}{missing}'. Add it to the arguments.");
    }

    // Null where it shows only at run time.
    ShapeKind? Given(JsonValue value)
    {
        if (computed.TryGetValue(value, out var type)) return KindOf(Types.Unwrap(type));
        return value switch
        {
            // Placeholders of the deployment are texts afterwards, too, but may be computed in ways that are not known here.
            JsonString { Value: var text } => text.StartsWith("{%", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal) ? null : ShapeKind.Text,
            JsonNumber => ShapeKind.Number,
            JsonBoolean => ShapeKind.Boolean,
            JsonArray => ShapeKind.List,
            JsonObject => ShapeKind.Structure,
            _ => null,
        };
    }

    ShapeKind? KindOf(Type type)
    {
        if (Types.IsNumber(type)) return ShapeKind.Number;
        if (type == typeof(bool)) return ShapeKind.Boolean;
        if (Types.IsText(type) || Types.IsMoment(type)) return ShapeKind.Text;
        if (type.IsEnum || Types.IsUntyped(type) || !options.TryGetTypeInfo(type, out var info)) return null;
        return info.Kind switch
        {
            JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => ShapeKind.Structure,
            JsonTypeInfoKind.Enumerable => ShapeKind.List,
            _ => null,
        };
    }

    string Described(JsonValue value) => computed.TryGetValue(value, out var type) ? $"an expression of type {TypeName.Of(type)}" : value switch
    {
        JsonString { Value: var text } => $"the text '{text}'",
        JsonNumber => $"the number {value.ToJson()}",
        JsonBoolean => value.ToJson(),
        JsonArray => "a list",
        _ => "an object",
    };

    static string Taken(Shape shape) => shape.Kind switch
    {
        ShapeKind.Text => "a text",
        ShapeKind.Number => "a number",
        ShapeKind.Boolean => "true or false",
        ShapeKind.List => "a list",
        ShapeKind.Map => "an object",
        _ => $"an object with {string.Join(", ", shape.Fields.Keys.Take(5))}{(shape.Fields.Count > 5 ? ", …" : "")}",
    };

    string Fix(Shape shape, ShapeKind given, JsonValue value)
    {
        var isComputed = computed.ContainsKey(value);
        if (shape.Kind == ShapeKind.Text && given is ShapeKind.Number or ShapeKind.Boolean) return isComputed ? ": add .ToString()" : $": write \"{value.ToJson()}\"";
        if (shape.Kind is ShapeKind.Number or ShapeKind.Boolean && given == ShapeKind.Text && !isComputed) return ": write it without quotes";
        if (shape.Kind == ShapeKind.List) return ": write new[] { … }";
        return shape.Kind == ShapeKind.Structure && shape.Fields.ContainsKey("NULL") ? ": write DynamoDb.ToAttribute(…)" : "";
    }
}
