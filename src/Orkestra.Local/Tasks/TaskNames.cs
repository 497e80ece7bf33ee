using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Local.Tasks;

/// <summary>Names and values of tasks in the form services have them.</summary>
internal static class TaskNames
{
    /// <summary>The service's name of the action: <c>PutItem</c> for <c>putItem</c>.</summary>
    internal static string Action(TaskResource resource) => resource.Operation is { Length: > 0 } name ? char.ToUpperInvariant(name[0]) + name[1..] : "";

    /// <summary>The parameters with some of them as text: integrations take JSON where the service takes text.</summary>
    internal static JsonObject WithText(JsonValue parameters, params ReadOnlySpan<string> names)
    {
        var result = parameters as JsonObject ?? JsonObject.Empty;
        foreach (var name in names)
        {
            if (result.TryGetValue(name, out var value) && value is not JsonString) result = result.With(name, value.ToJson());
        }

        return result;
    }
}
