using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Orkestra.Authoring.Payloads;

/// <summary>Refuses types that have no JSON form before anything runs.</summary>
internal static class PayloadContract
{
    public static void Check(IStep step, PayloadSerializer serializer)
    {
        Check(step.Metadata.InputType, serializer, $"Step '{step.Metadata.Name}' takes", isRead: !step.Metadata.OpensEnvelope);
        Check(step.Metadata.OutputType, serializer, $"Step '{step.Metadata.Name}' gives");
    }

    public static void Check(Workflow workflow, PayloadSerializer serializer)
    {
        Check(workflow.InputType, serializer, $"The workflow {workflow.Name} takes", isRead: true);
        Check(workflow.OutputType, serializer, $"The workflow {workflow.Name} gives");
    }

    /// <summary>Why a type has no JSON form, as a clause; null when it has one.</summary>
    public static string? Problem(Type type, PayloadSerializer serializer) => Problem(type, serializer.Options, []);

    /// <summary>Checks a type that is written, or also read.</summary>
    /// <exception cref="WorkflowException">It has no JSON form.</exception>
    public static void Check(Type type, PayloadSerializer serializer, string who, bool isRead = false)
    {
        if (Problem(type, serializer.Options, [], isRead) is not { } problem) return;
        throw new WorkflowException($"{who} {TypeName.Of(type)}, {problem}");
    }

    static string? Problem(Type type, JsonSerializerOptions options, HashSet<Type> seen, bool isRead = false)
    {
        if (!seen.Add(type)) return null;
        // The serializer finds these only when it meets a value.
        if (type.IsAssignableTo(typeof(Delegate)) || type.IsAssignableTo(typeof(Type)) || type.IsAssignableTo(typeof(Stream))
            || type.IsPointer || type.IsByRefLike || type == typeof(IntPtr) || type == typeof(UIntPtr))
            return $"which has no JSON form: pass data between steps, such as a record, instead of {TypeName.Of(type)}.";
        if (type.IsAssignableTo(typeof(Task)) || type == typeof(ValueTask) || (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>)))
            return $"which is a task that wasn't awaited: add 'await' so that its result is passed on.";
        if (type.IsConstructedGenericType && type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))
            return $"which has no JSON form, because it is only read asynchronously: use a list or an array instead of {TypeName.Of(type)}.";
        if (PayloadTypes.IsTuple(type)) return type.GetGenericArguments().Select(item => Problem(item, options, seen, isRead)).FirstOrDefault(problem => problem is not null);
        JsonTypeInfo info;
        try
        {
            info = options.GetTypeInfo(type);
        }
        catch (Exception exception) when (exception is NotSupportedException or InvalidOperationException or ArgumentException)
        {
            // Not supported is what no resolver knows; reflection knows every type and says of some that they are invalid.
            return exception is NotSupportedException
                ? $"of which the serializer does not know {TypeName.Of(type)}: add [JsonSerializable(typeof({TypeName.Of(type)}))] to the context whose options JsonOptions gives."
                : $"which has no JSON form: {exception.Message}{Fix(exception.Message)}";
        }

        // The serializer finds it out when it meets a key.
        if (info.Kind == JsonTypeInfoKind.Dictionary && info.KeyType is { } key && options.TryGetTypeInfo(key, out var keys) && keys.Kind != JsonTypeInfoKind.None)
            return $"which has {TypeName.Of(key)} as its keys, and JSON cannot: use string, number or enum keys, or a list of records with the key as a member.";

        if (isRead && Unreadable(type, info) is { } unreadable) return unreadable;
        if (info.ElementType is { } element && Problem(element, options, seen, isRead) is { } inElement) return inElement;
        if (info.Kind != JsonTypeInfoKind.Object) return null;
        if (isRead && Unbound(info) is { } parameter)
            return $"whose constructor parameter '{parameter.Name}' belongs to no property, so that it can't be read: give {TypeName.Of(type)} a property '{char.ToUpperInvariant(parameter.Name![0])}{parameter.Name[1..]}' of the type {TypeName.Of(parameter.ParameterType)}, or members with 'init'.";
        foreach (var property in info.Properties)
        {
            // Ignored members have neither a getter nor a setter here.
            if (property.Get is null && property.Set is null && property.AssociatedParameter is null) continue;
            if (Problem(property.PropertyType, options, seen, isRead) is { } problem)
                return problem.StartsWith("whose", StringComparison.Ordinal) ? problem : $"whose member '{property.Name}' is {TypeName.Of(property.PropertyType)}, {problem}";
        }

        return null;
    }

    static string Fix(string message) =>
        message.Contains("collides", StringComparison.Ordinal) ? " Rename one of the two, or give it another name with [JsonPropertyName]."
        : message.Contains("marked required but does not specify a setter", StringComparison.Ordinal) ? " Remove 'required' or [JsonIgnore], or give it a setter."
        : message.Contains("already specified a type discriminator", StringComparison.Ordinal) ? " Give each derived type another one."
        : message.Contains("conflicts with an existing metadata property name", StringComparison.Ordinal) ? " Or choose another name for the discriminator with [JsonPolymorphic(TypeDiscriminatorPropertyName = \"…\")]."
        : "";

    // The serializer finds out only when it reads that it can't make a collection.
    static string? Unreadable(Type type, JsonTypeInfo info)
    {
        if (info.Kind is not (JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)) return null;
        if (IsStack(type)) return $"which is read back in reverse order: use a list or an array instead of {TypeName.Of(type)}.";
        try
        {
            JsonSerializer.Deserialize(info.Kind == JsonTypeInfoKind.Dictionary ? "{}" : "[]", info);
            return null;
        }
        catch (NotSupportedException)
        {
            return $"which can be written but not read: use a list, an array or a dictionary instead of {TypeName.Of(type)}.";
        }
#pragma warning disable CA1031 // A collection of the user's own may refuse to be empty.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    // The serializer finds out only when it reads that a parameter of the constructor it uses has no property of that name and type.
    static ParameterInfo? Unbound(JsonTypeInfo info)
    {
        if (info.CreateObject is not null || info.ConstructorAttributeProvider is not ConstructorInfo used) return null;
        var bound = info.Properties.Select(static property => property.AssociatedParameter).OfType<JsonParameterInfo>().Where(static parameter => !parameter.IsMemberInitializer).Select(static parameter => parameter.Position).ToHashSet();
        return Array.Find(used.GetParameters(), parameter => !bound.Contains(parameter.Position));
    }

    static bool IsStack(Type type) => type.IsConstructedGenericType && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(Stack<>) || definition == typeof(System.Collections.Concurrent.ConcurrentStack<>)
            || definition == typeof(System.Collections.Immutable.ImmutableStack<>) || definition == typeof(System.Collections.Immutable.IImmutableStack<>));
}
