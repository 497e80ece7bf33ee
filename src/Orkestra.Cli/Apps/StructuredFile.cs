using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Orkestra.Cli.Apps;

/// <summary>Reads JSON and YAML files. The short forms of CloudFormation's functions in YAML (<c>!Ref</c>, <c>!GetAtt</c>, …) become their long forms.</summary>
internal static class StructuredFile
{
    const int DeepestNesting = 100;

    /// <summary>Reads a file.</summary>
    /// <exception cref="ToolException">It cannot be read, or is neither JSON nor YAML.</exception>
    internal static JsonValue Read(string file)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(file);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{file}' cannot be read: {problem.Message}");
        }

        try
        {
            return Path.GetExtension(file) is ".yaml" or ".yml" ? Yaml(Encoding.UTF8.GetString(bytes)) : JsonValue.Parse(bytes);
        }
        catch (JsonFormatException problem)
        {
            throw new ToolException($"'{file}' is not JSON (line {problem.Line}, column {problem.Column}): {problem.Message}");
        }
        catch (YamlException problem)
        {
            throw new ToolException($"'{file}' is not YAML (line {problem.Start.Line}, column {problem.Start.Column}): {problem.Message}");
        }
    }

    static JsonValue Yaml(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents.Count == 0 ? JsonValue.Null : Of(yaml.Documents[0].RootNode, 0);
    }

    static JsonValue Of(YamlNode node, int depth)
    {
        if (depth > DeepestNesting) throw new YamlException(node.Start, node.End, $"It nests more than {DeepestNesting} levels deep.");
        var value = node switch
        {
            YamlMappingNode mapping => JsonObject.Create(mapping.Children.Select(member => new KeyValuePair<string, JsonValue>(((YamlScalarNode)member.Key).Value ?? "", Of(member.Value, depth + 1)))),
            YamlSequenceNode sequence => JsonArray.Create(sequence.Children.Select(item => Of(item, depth + 1))),
            YamlScalarNode scalar => Scalar(scalar),
            _ => throw new YamlException(node.Start, node.End, "Aliases are not read."),
        };
        return node.Tag is { IsEmpty: false, IsNonSpecific: false } tag && tag.Value.StartsWith('!') ? Function(tag.Value[1..], value) : value;
    }

    static JsonObject Function(string name, JsonValue argument)
    {
        if (name is "Ref" or "Condition") return JsonObject.Create((name, argument));
        // !GetAtt Resource.Attribute, where the attribute may contain dots.
        if (name == "GetAtt" && argument is JsonString { Value: var path } && path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot)
            argument = JsonArray.Create([(JsonValue)path[..dot], path[(dot + 1)..]]);
        return JsonObject.Create(($"Fn::{name}", argument));
    }

    static JsonValue Scalar(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style != ScalarStyle.Plain || scalar.Tag is { IsEmpty: false, IsNonSpecific: false }) return text;
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL": return JsonValue.Null;
            case "true" or "True" or "TRUE": return true;
            case "false" or "False" or "FALSE": return false;
        }

        // An account may begin with a zero and is a text.
        var isNumber = double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _)
            && (char.IsAsciiDigit(text[0]) || (text[0] == '-' && text.Length > 1)) && !(text.TrimStart('-') is ['0', >= '0' and <= '9', ..]) && !text.EndsWith('.');
        return isNumber ? JsonValue.Parse(text) : text;
    }
}
