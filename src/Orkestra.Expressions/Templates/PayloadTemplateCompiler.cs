using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Intrinsics;
using Orkestra.Expressions.Paths;

namespace Orkestra.Expressions.Templates;

/// <summary>Turns a payload template into nodes.</summary>
internal sealed class PayloadTemplateCompiler
{
    const string Mark = ".$";

    readonly List<string> variables = [];
    bool readsContext;

    internal PayloadTemplate Compile(JsonValue template) => Finish(Node(template, ""));

    internal PayloadTemplate CompileExpression(string text, string field) => Finish(Expression(text, field, ""));

    PayloadTemplate Finish(TemplateNode root) => new(root, [.. variables.Distinct(StringComparer.Ordinal)], readsContext);

    TemplateNode Node(JsonValue value, string location)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return value switch
        {
            JsonObject members => Object(members, location),
            JsonArray array => Array(array, location),
            _ => new TemplateLiteral(value),
        };
    }

    TemplateNode Array(JsonArray array, string location)
    {
        var elements = new TemplateNode[array.Count];
        for (var i = 0; i < elements.Length; i++) elements[i] = Node(array[i], $"{location}/{i}");
        return System.Array.TrueForAll(elements, element => element is TemplateLiteral) ? new TemplateLiteral(array) : new TemplateArray(elements);
    }

    TemplateNode Object(JsonObject source, string location)
    {
        var names = new List<string>(source.Count);
        var members = new List<TemplateNode>(source.Count);
        var changed = false;
        for (var i = 0; i < source.Count; i++)
        {
            var name = source.Names[i];
            var value = source.Values[i];
            var isMarked = name.EndsWith(Mark, StringComparison.Ordinal);
            var member = isMarked ? Marked(value, name, location) : Node(value, $"{location}/{name}");
            changed |= isMarked || member is not TemplateLiteral;
            if (isMarked) name = name[..^Mark.Length];
            // "a" and "a.$" are one member: the later one counts, as with any JSON name that is written twice.
            var twin = names.IndexOf(name);
            if (twin >= 0)
            {
                members[twin] = member;
                continue;
            }

            names.Add(name);
            members.Add(member);
        }

        return changed ? new TemplateObject(JsonShape.Wrap([.. names]), [.. members]) : new TemplateLiteral(source);
    }

    TemplateNode Marked(JsonValue value, string name, string location) => value is JsonString text
        ? Expression(text.Value, name, location)
        : throw new TemplateSyntaxException($"The value for the field '{name}' must be a STRING that contains a JSONPath or an intrinsic function call", name, location);

    TemplateNode Expression(string text, string field, string location)
    {
        try
        {
            if (text.StartsWith('$'))
            {
                var path = JsonPath.Compile(text);
                variables.AddRange(path.Variables);
                readsContext |= path.RootKind == JsonPathRoot.Context;
                return new TemplatePath(path, field);
            }

            var expression = IntrinsicExpression.Compile(text);
            variables.AddRange(expression.Variables);
            readsContext |= expression.ReadsContext;
            return new TemplateCall(expression);
        }
        catch (FormatException problem) when (problem is JsonPathSyntaxException or IntrinsicSyntaxException)
        {
            throw new TemplateSyntaxException($"The value for the field '{field}' must be a valid JSONPath or a valid intrinsic function call", field, location, problem);
        }
    }
}
