using System.Runtime.CompilerServices;
using Orkestra.Engine.DataFlow;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Planning;

/// <summary>Compiles JSONata fields: any JSON value in which strings of the form <c>{% … %}</c> are expressions.</summary>
internal static class JsonataTemplates
{
    internal static Template Compile(JsonValue value, string location, ResultType? type = null)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case JsonString text when ExpressionIn(text.Value) is { } expression:
                return CompileExpression(expression, location, type);
            case JsonObject source:
                var names = source.Names.ToArray();
                var members = new Template[names.Length];
                for (var i = 0; i < members.Length; i++) members[i] = Compile(source.Values[i], $"{location}/{names[i]}");
                return members.All(member => member is LiteralTemplate) ? new LiteralTemplate(value) : new ObjectTemplate(names, members);
            case JsonArray source:
                var elements = new Template[source.Count];
                for (var i = 0; i < elements.Length; i++) elements[i] = Compile(source[i], $"{location}[{i}]");
                return elements.All(element => element is LiteralTemplate) ? new LiteralTemplate(value) : new ArrayTemplate(elements);
            default:
                return new LiteralTemplate(value);
        }
    }

    /// <summary>The expression in a string; null when the string is plain text.</summary>
    internal static string? ExpressionIn(string text) =>
        text.Length >= 4 && text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal) ? text[2..^2].Trim() : null;

    static Template CompileExpression(string expression, string location, ResultType? type) =>
        StatesPathTemplate.TryCompile(expression, location, type) ?? (Template)new JsonataTemplate(expression, location, type);
}
