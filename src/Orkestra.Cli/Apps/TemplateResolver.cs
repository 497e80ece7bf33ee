using System.Text;
using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Apps;

/// <summary>
/// Gives the values of CloudFormation's functions in a template
/// (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html), with the names resources have here.
/// </summary>
/// <param name="template">The template.</param>
/// <param name="file">Its file, for messages.</param>
/// <param name="names">The names of resources.</param>
/// <param name="accountId">The account.</param>
/// <param name="region">The region.</param>
/// <param name="exports">The values other templates export, by name.</param>
internal sealed partial class TemplateResolver(JsonValue template, string file, TemplateNames names, string accountId, string region, IReadOnlyDictionary<string, string> exports)
{
    const int DeepestNesting = 100;

    // A member with this value is left out.
    static readonly JsonValue NoValue = JsonObject.Create(("Ref", "AWS::NoValue"));

    int depth;

    /// <summary>The value of a part of the template, without functions.</summary>
    /// <exception cref="ToolException">A function cannot be resolved.</exception>
    internal JsonValue Resolve(JsonValue value)
    {
        if (++depth > DeepestNesting) throw Problem("Its functions nest too deep, or refer to each other in a circle");
        try
        {
            return value switch
            {
                JsonObject { Count: 1 } call when call.First() is var (name, argument) && (name is "Ref" or "Condition" || name.StartsWith("Fn::", StringComparison.Ordinal)) => Call(name, argument),
                JsonObject members => JsonObject.Create(members.Select(member => KeyValuePair.Create(member.Key, Resolve(member.Value))).Where(member => !ReferenceEquals(member.Value, NoValue))),
                JsonArray items => JsonArray.Create(((IEnumerable<JsonValue>)items).Select(Resolve)),
                _ => value,
            };
        }
        finally
        {
            depth--;
        }
    }

    /// <summary>The text of a part of the template; null if the part is missing.</summary>
    internal string? Text(JsonValue? value) => value is null ? null : Resolve(value) switch
    {
        JsonString text => text.Value,
        JsonNull => null,
        var other => other.ToJson(),
    };

    /// <summary>The name of a resource.</summary>
    internal string NameOf(string logicalId)
    {
        var resource = ResourceOf(logicalId);
        var type = TypeOf(resource);
        var named = TemplateNames.NameProperty(type) is { } property ? Text(resource["Properties"]?[property]) : null;
        return named ?? TemplateNames.DefaultName(logicalId, type, resource);
    }

    internal static string TypeOf(JsonValue resource) => (resource["Type"] as JsonString)?.Value ?? "";

    /// <summary>Whether a condition of the template holds.</summary>
    internal bool Holds(string condition) => template["Conditions"]?[condition] is { } defined ? IsTrue(Resolve(defined)) : throw Problem($"It has no condition '{condition}'");

    /// <summary>What the template exports.</summary>
    internal IEnumerable<KeyValuePair<string, string>> Exports()
    {
        foreach (var (_, output) in template["Outputs"] as JsonObject ?? JsonObject.Empty)
        {
            if (output["Export"]?["Name"] is { } name && output["Value"] is { } value) yield return KeyValuePair.Create(Text(name)!, Text(value)!);
        }
    }

    JsonValue Call(string name, JsonValue argument) => name switch
    {
        "Ref" => Reference(((JsonString)argument).Value),
        "Condition" => Holds(((JsonString)argument).Value),
        "Fn::GetAtt" => argument is JsonString { Value: var path } ? Attribute(path[..path.IndexOf('.', StringComparison.Ordinal)], path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..])
            : Attribute(((JsonString)argument[0]!).Value, Text(argument[1])!),
        "Fn::Sub" => Substitute(argument),
        "Fn::Join" => string.Join(Text(argument[0]), Items(argument[1]!).Select(TextOf)),
        "Fn::Select" => Select(argument),
        "Fn::Split" => JsonArray.Create(Text(argument[1])!.Split(Text(argument[0])).Select(part => (JsonValue)part)),
        "Fn::If" => Resolve(argument[Holds(((JsonString)argument[0]!).Value) ? 1 : 2]!),
        "Fn::Equals" => TextOf(Resolve(argument[0]!)) == TextOf(Resolve(argument[1]!)),
        "Fn::Not" => !IsTrue(Resolve(argument[0]!)),
        "Fn::And" => Items(argument).All(IsTrue),
        "Fn::Or" => Items(argument).Any(IsTrue),
        "Fn::FindInMap" => template["Mappings"]?[Text(argument[0])!]?[Text(argument[1])!]?[Text(argument[2])!] ?? throw Problem($"Its mappings lack {argument.ToJson()}"),
        "Fn::ImportValue" => exports.TryGetValue(Text(argument)!, out var exported) ? exported : throw Problem($"No template that is loaded exports '{Text(argument)}'"),
        "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(argument)!)),
        "Fn::GetAZs" => JsonArray.Create([(JsonValue)$"{region}a", $"{region}b"]),
        "Fn::ToJsonString" => Resolve(argument).ToJson(),
        "Fn::Length" => Items(argument).Count(),
        _ => throw Problem($"The function {name} is not resolved here"),
    };

    JsonValue Reference(string name)
    {
        if (name == "AWS::NoValue") return NoValue;
        if (Pseudo(name) is { } pseudo) return pseudo;
        if (template["Parameters"]?[name] is { } parameter)
            return parameter["Default"] ?? throw Problem($"The parameter '{name}' has no default");
        var resource = ResourceOf(name);
        return names.Ref(TypeOf(resource), NameOf(name));
    }

    string? Pseudo(string name) => name switch
    {
        "AWS::AccountId" => accountId,
        "AWS::Region" => region,
        "AWS::Partition" => "aws",
        "AWS::URLSuffix" => "amazonaws.com",
        "AWS::StackName" => Path.GetFileName(file).Split('.')[0],
        "AWS::StackId" => $"arn:aws:cloudformation:{region}:{accountId}:stack/{Path.GetFileName(file).Split('.')[0]}/local",
        _ => null,
    };

    string Attribute(string logicalId, string attribute)
    {
        var resource = ResourceOf(logicalId);
        return names.Attribute(TypeOf(resource), NameOf(logicalId), attribute);
    }

    string Substitute(JsonValue argument)
    {
        var text = (argument as JsonString ?? (JsonString)argument[0]!).Value;
        var given = argument is JsonArray ? argument[1] as JsonObject : null;
        // ${!Literal} is ${Literal}.
        return Placeholder.Replace(text, match =>
        {
            var name = match.Groups[1].Value.Trim();
            if (name.StartsWith('!')) return $"${{{name[1..]}}}";
            if (given?.GetValueOrDefault(name) is { } value) return Text(value)!;
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? TextOf(Reference(name)) : Attribute(name[..dot], name[(dot + 1)..]);
        });
    }

    JsonValue Select(JsonValue argument)
    {
        var index = int.Parse(Text(argument[0])!, System.Globalization.CultureInfo.InvariantCulture);
        return Items(argument[1]!).ElementAtOrDefault(index) ?? throw Problem($"There is no item {index} in {argument[1]!.ToJson()}");
    }

    IEnumerable<JsonValue> Items(JsonValue list) => Resolve(list) as IEnumerable<JsonValue> ?? throw Problem($"{list.ToJson()} is no list");

    JsonValue ResourceOf(string logicalId) => template["Resources"]?[logicalId] ?? throw Problem($"It has no parameter or resource '{logicalId}'");

    static bool IsTrue(JsonValue value) => value is JsonBoolean { Value: true } || value is JsonString { Value: "true" };

    static string TextOf(JsonValue value) => value is JsonString text ? text.Value : value.ToJson();

    ToolException Problem(string sentence) => new($"The template '{file}' cannot be resolved. {sentence}.");

    [GeneratedRegex(@"\$\{([^}]+)\}")]
    private static partial Regex Placeholder { get; }
}
