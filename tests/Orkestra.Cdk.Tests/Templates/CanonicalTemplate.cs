using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orkestra.Cdk.Tests.Templates;

/// <summary>
/// Resources in a form in which equal ones are equal texts: ids without CDK's hashes, references as <c>${Id.Attribute}</c> however they are written, statements of policies in one order. Left out is what has no
/// meaning or cannot be the same: names of policies, where the code is, and dependencies that a reference says already.
/// </summary>
internal static partial class CanonicalTemplate
{
    /// <summary>The resources by their ids; each is one line of JSON.</summary>
    public static SortedDictionary<string, string> Of(JsonNode template)
    {
        var resources = template["Resources"]!.AsObject();
        var ids = resources.ToDictionary(resource => resource.Key, resource => Id(resource.Key, (string)resource.Value!["Type"]!));
        var canonical = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, resource) in resources) canonical.Add(ids[key], Resource(resource!.AsObject(), ids).ToJsonString(SynthesisedTemplate.Readable));
        return canonical;
    }

    static string Id(string id, string type)
    {
        if (type == "AWS::Lambda::Version") id = VersionHash().Replace(id, "");
        return PathHash().Replace(id, "");
    }

    static JsonObject Resource(JsonObject resource, Dictionary<string, string> ids)
    {
        var properties = Node(resource["Properties"] ?? new JsonObject(), ids)!.AsObject();
        properties.Remove("PolicyName");
        properties.Remove("Code");
        if (properties["PolicyDocument"] is JsonObject policy) properties["PolicyDocument"] = Policy(policy);
        var references = Reference().Matches(properties.ToJsonString(SynthesisedTemplate.Readable)).Select(reference => reference.Groups["id"].Value).ToHashSet();
        string[] after = [.. (resource["DependsOn"] as JsonArray ?? []).Select(other => ids[(string)other!]).Where(other => !references.Contains(other)).Order(StringComparer.Ordinal)];
        return new JsonObject
        {
            ["Type"] = (string)resource["Type"]!,
            ["DependsOn"] = new JsonArray([.. after.Select(other => (JsonNode)other)]),
            ["DeletionPolicy"] = (string?)resource["DeletionPolicy"],
            ["UpdateReplacePolicy"] = (string?)resource["UpdateReplacePolicy"],
            ["Properties"] = properties,
        };
    }

    static JsonObject Policy(JsonObject policy)
    {
        var statements = policy["Statement"]!.AsArray().Select(statement => statement!.DeepClone()).OrderBy(statement => statement.ToJsonString(), StringComparer.Ordinal);
        return new JsonObject { ["Version"] = (string)policy["Version"]!, ["Statement"] = new JsonArray([.. statements]) };
    }

    // Members in one order, and every intrinsic function as the text it gives.
    static JsonNode? Node(JsonNode? node, Dictionary<string, string> ids) => node switch
    {
        JsonObject value when Text(value, ids) is { } text => text,
        JsonObject value => new JsonObject(value.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, Member(member.Key, member.Value, ids)))),
        JsonArray values => new JsonArray([.. values.Select(value => Node(value, ids))]),
        _ => node?.DeepClone(),
    };

    // The program of a test's workflows, which refer to the CDK, knows their steps by their own names.
    static JsonNode? Member(string name, JsonNode? value, Dictionary<string, string> ids) => name == "ORKESTRA_STEP" ? ((string)value!).Split('.')[^1] : Node(value, ids);

    static string? Text(JsonObject value, Dictionary<string, string> ids)
    {
        if (value["Ref"] is { } reference) return $"${{{Known((string)reference!, ids)}}}";
        if (value["Fn::GetAtt"] is { } attribute) return $"${{{Known((string)attribute[0]!, ids)}.{(string)attribute[1]!}}}";
        if (value["Fn::Join"] is { } join) return string.Join((string)join[0]!, join[1]!.AsArray().Select(part => TextOf(part, ids)));
        if (value["Fn::Select"] is { } select) return $"part {(int)select[0]!} of {TextOf(select[1]!["Fn::Split"]![1], ids)}";
        if (value["Fn::Sub"] is not { } sub) return null;
        var parts = sub is JsonArray ? sub[1]!.AsObject() : [];
        return Reference().Replace(
            sub is JsonArray ? (string)sub[0]! : (string)sub!,
            match => parts[match.Groups["id"].Value] is { } part ? TextOf(part, ids) : $"${{{Known(match.Groups["id"].Value, ids)}{match.Groups["attribute"].Value}}}").Replace("${!", "${", StringComparison.Ordinal);
    }

    static string TextOf(JsonNode? node, Dictionary<string, string> ids) => (string)Node(node, ids)!;

    static string Known(string id, Dictionary<string, string> ids) => ids.GetValueOrDefault(id, id);

    [GeneratedRegex("[0-9a-f]{32}$", RegexOptions.CultureInvariant)]
    private static partial Regex VersionHash();

    [GeneratedRegex("[0-9A-F]{8}$", RegexOptions.CultureInvariant)]
    private static partial Regex PathHash();

    [GeneratedRegex(@"\$\{(?<id>AWS::[A-Za-z]+|[A-Za-z0-9]+)(?<attribute>\.[A-Za-z]+)?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
