using System.Text.Json.Nodes;

namespace Orkestra.Deployment.Templates;

/// <summary>The parts of a template while it is made: resources, parameters and outputs by their ids.</summary>
internal sealed class TemplateParts
{
    readonly HashSet<string> ids = new(StringComparer.OrdinalIgnoreCase);
    readonly Dictionary<string, string> parameters = new(StringComparer.Ordinal);

    public JsonObject Resources { get; } = [];

    public JsonObject Parameters { get; } = [];

    public JsonObject Outputs { get; } = [];

    /// <summary>An id that nothing else has: letters and digits of a text.</summary>
    public string FreeId(string text)
    {
        var wanted = string.Concat(text.Where(char.IsAsciiLetterOrDigit));
        var free = wanted;
        for (var number = 2; !ids.Add(free); number++) free = $"{wanted}{number}";
        return free;
    }

    /// <summary>Adds a resource.</summary>
    public void Add(string id, string type, JsonObject properties, string? deletion = null, params string[] after)
    {
        var resource = new JsonObject { ["Type"] = type };
        if (after.Length > 0) resource["DependsOn"] = new JsonArray([.. after.Select(other => (JsonNode)JsonValue.Create(other))]);
        resource["Properties"] = properties;
        if (deletion is not null) (resource["UpdateReplacePolicy"], resource["DeletionPolicy"]) = (deletion, deletion);
        Resources.Add(id, resource);
    }

    /// <summary>Tells cfn-lint to ignore findings about a resource.</summary>
    public void Ignore(string id, params string[] findings) => Resources[id]!["Metadata"] = LintIgnoring(findings);

    /// <summary>What a template or a resource says to cfn-lint (https://github.com/aws-cloudformation/cfn-lint#metadata).</summary>
    public static JsonObject LintIgnoring(params string[] findings) => new() { ["cfn-lint"] = new JsonObject { ["config"] = new JsonObject { ["ignore_checks"] = new JsonArray([.. findings.Select(finding => (JsonNode)finding)]) } } };

    /// <summary>The parameter that stands for something a document refers to, and its id.</summary>
    public string Parameter(string name, string description, string? standard = null)
    {
        if (parameters.TryGetValue(name, out var id)) return id;
        id = string.Concat(name.Where(char.IsAsciiLetterOrDigit));
        parameters.Add(name, id = FreeId(ids.Contains(id) ? $"{id}Parameter" : id));
        var parameter = new JsonObject { ["Type"] = "String", ["Description"] = description };
        if (standard is not null) parameter["Default"] = standard;
        Parameters.Add(id, parameter);
        return id;
    }
}
