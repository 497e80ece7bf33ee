using System.Reflection;
using System.Text.Json;
using Orkestra.Asl;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// How the exceptions of a workflow are named as errors of the Amazon States Language, so that Catch and Retry match as C#'s <c>catch</c> does although the language compares names
/// only. Two rules together do it. A Catch or Retry lists the exception it names and those that other guards of the workflow name and that derive from it. A step reports an
/// exception under the most derived of its types that any guard names, or else under its own name. As base classes form a chain, the reported name is in a guard's list exactly
/// when the exception is of the guard's type. The document, the local run and the deployed function all use these rules.
/// </summary>
internal sealed class ExceptionNames
{
    /// <summary>How deep aggregates are unwrapped.</summary>
    const int MaxNesting = 64;

    public static readonly ExceptionNames None = new([], [], [], null);

    readonly HashSet<Type> types;
    readonly HashSet<string> texts;
    readonly IReadOnlyList<PropertyInfo> members;
    readonly JsonSerializerOptions? options;

    ExceptionNames(IEnumerable<Type> types, IEnumerable<string> texts, IReadOnlyList<PropertyInfo> members, JsonSerializerOptions? options)
    {
        this.members = members;
        this.options = options;
        this.types = [.. types];
        this.texts = new(texts, StringComparer.Ordinal);
    }

    /// <summary>The names for a flow.</summary>
    /// <param name="root">The flow.</param>
    /// <param name="serializer">How the properties of exceptions are written.</param>
    public static ExceptionNames Of(FlowNode root, PayloadSerializer serializer)
    {
        List<PropertyInfo> members = [];
        List<Type> types = [];
        List<string> texts = [];
        void Add(RetryPolicy policy)
        {
            if (policy.Exception is { } exception) types.Add(exception);
            else texts.AddRange(policy.Errors.Where(static error => !error.StartsWith("States.", StringComparison.Ordinal)));
        }

        var pending = new Stack<FlowNode>([root]);
        while (pending.TryPop(out var node))
        {
            if (node is StepFlowNode { Step.Metadata.Retry: { } own }) Add(own);
            if (node is GuardFlowNode guard)
            {
                foreach (var policy in guard.Retries) Add(policy);
                types.AddRange(guard.Catches.Select(static caught => caught.Exception));
                members.AddRange(guard.Catches.SelectMany(static caught => caught.Input?.Members ?? []));
            }

            foreach (var part in node.Parts) pending.Push(part);
        }

        return types.Count + texts.Count == 0 ? None : new(types.Where(static type => type != typeof(Exception)), texts, [.. members.Distinct()], serializer.Options);
    }

    /// <summary>The names that a guard for an exception lists.</summary>
    public IReadOnlyList<string> Matching(Type exception)
    {
        if (exception == typeof(Exception)) return [ErrorNames.All];
        List<string> names = [NameOf(exception), .. types.Where(type => type.IsSubclassOf(exception)).Select(NameOf).Order(StringComparer.Ordinal)];
        if (exception.IsAssignableFrom(typeof(TimeoutException))) names.Add(ErrorNames.Timeout);
        return names;
    }

    /// <summary>The names that a retry lists.</summary>
    public IReadOnlyList<string> Matching(RetryPolicy policy) => policy.Exception is { } exception ? Matching(exception) : policy.Errors;

    /// <summary>The name under which a step reports an exception.</summary>
    public string NameOf(Exception exception) => ReportedName(exception.GetType());

    /// <summary>The name under which an exception of a type is reported.</summary>
    public string ReportedName(Type own)
    {
        if (this == None) return own.Name;
        for (var type = own; type is not null && type != typeof(Exception); type = type.BaseType)
        {
            if (types.Contains(type)) return NameOf(type);
            if (texts.Contains(type.Name)) return type.Name;
            if (type.FullName is { } full && texts.Contains(full)) return full;
        }

        // An exception that no guard names must not look like one of the same simple name that a guard does name.
        return types.Any(type => type.Name == own.Name) ? own.FullName ?? own.Name : own.Name;
    }

    /// <summary>The properties of an exception that a handler of the workflow reads; null when there are none.</summary>
    public JsonObject? DataOf(Exception exception)
    {
        JsonObject? data = null;
        foreach (var property in members)
        {
            if (property.DeclaringType?.IsInstanceOfType(exception) != true) continue;
            try
            {
                var value = JsonValue.Parse(JsonSerializer.SerializeToUtf8Bytes(property.GetValue(exception), options!.GetTypeInfo(property.PropertyType)));
                data = (data ?? JsonObject.Empty).With(options.PropertyNamingPolicy?.ConvertName(property.Name) ?? property.Name, value);
            }
#pragma warning disable CA1031 // What an exception's own code throws, or a value without a JSON form, must not hide the exception.
            catch (Exception)
#pragma warning restore CA1031
            {
            }
        }

        return data;
    }

    /// <summary>The exception that a step failed with: as <c>await</c> does, an <see cref="AggregateException"/> gives the first one inside, unless a guard names it.</summary>
    public Exception Unwrap(Exception exception)
    {
        if (types.Contains(typeof(AggregateException)) || texts.Contains(nameof(AggregateException))) return exception;
        // An exception made by hand may contain itself.
        for (var depth = 0; depth < MaxNesting && exception is AggregateException { InnerExceptions.Count: > 0 } aggregate; depth++) exception = aggregate.InnerExceptions[0];
        return exception;
    }

    /// <summary>All that decides the names, the same for equal flows.</summary>
    public override string ToString() => string.Join(' ', [.. types.Select(static type => type.FullName).Order(StringComparer.Ordinal), "|", .. texts.Order(StringComparer.Ordinal)]);

    string NameOf(Type type) => types.Any(other => other != type && other.Name == type.Name) ? type.FullName ?? type.Name : type.Name;
}
