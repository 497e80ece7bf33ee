using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;
using Orkestra.Expressions.Jsonata;

namespace Orkestra.Expressions.Templates;

/// <summary>
/// A compiled JSONata field of the Amazon States Language (Arguments, Output, Assign, Items …): any JSON value in which strings of the form
/// <c>{% … %}</c> are expressions, at any depth, and all else stands for itself. Immutable and safe for use by several threads.
/// https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
/// </summary>
public sealed class JsonataTemplate
{
    readonly JsonataNode root;

    JsonataTemplate(JsonataNode root, IReadOnlyList<string> variables)
    {
        this.root = root;
        Variables = variables;
    }

    /// <summary>The names, without <c>$</c>, of the variables it reads, <c>states</c> included.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Whether there is nothing to evaluate, so that the result is the template itself.</summary>
    public bool IsLiteral => root is JsonataLiteralNode;

    /// <summary>Compiles a field.</summary>
    /// <param name="template">The field's value.</param>
    /// <param name="field">The field's name, where errors are said to be, such as <c>Output</c>.</param>
    /// <param name="expected">The type an expression that is the whole field must give; null for any.</param>
    /// <exception cref="TemplateSyntaxException">An expression cannot be read; the inner exception is the <see cref="JsonataException"/>.</exception>
    public static JsonataTemplate Compile(JsonValue template, string field, JsonKind? expected = null)
    {
        ArgumentNullException.ThrowIfNull(template);
        ArgumentNullException.ThrowIfNull(field);
        var variables = new SortedSet<string>(StringComparer.Ordinal);
        return new JsonataTemplate(Node(template, field, expected, variables), [.. variables]);
    }

    /// <summary>The expression in a string; null when the string is plain text.</summary>
    public static string? ExpressionIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length >= 4 && text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal) ? text[2..^2].Trim() : null;
    }

    /// <summary>The field's value.</summary>
    /// <param name="bindings">The variables expressions see, <c>states</c> among them.</param>
    /// <param name="limits">What each expression may use; <see cref="JsonataLimits.Default"/> when null.</param>
    /// <exception cref="ExpressionException">An expression fails, or gives nothing or a value of a wrong type.</exception>
    public JsonValue Evaluate(JsonataBindings bindings, JsonataLimits? limits = null) => root.Evaluate(bindings, limits);

    static JsonataNode Node(JsonValue value, string location, JsonKind? expected, SortedSet<string> variables)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (value)
        {
            case JsonString text when ExpressionIn(text.Value) is { } source:
                var expression = Compile(source, location);
                variables.UnionWith(expression.Variables);
                return new JsonataExpressionNode(expression, source, location, expected);
            case JsonObject source:
                var members = new JsonataNode[source.Count];
                for (var i = 0; i < members.Length; i++) members[i] = Node(source.Values[i], $"{location}/{source.Names[i]}", null, variables);
                return Array.TrueForAll(members, member => member is JsonataLiteralNode) ? new JsonataLiteralNode(value) : new JsonataObjectNode(source.Shape, members);
            case JsonArray source:
                var elements = new JsonataNode[source.Count];
                for (var i = 0; i < elements.Length; i++) elements[i] = Node(source[i], $"{location}[{i}]", null, variables);
                return Array.TrueForAll(elements, element => element is JsonataLiteralNode) ? new JsonataLiteralNode(value) : new JsonataArrayNode(elements);
            default:
                return new JsonataLiteralNode(value);
        }
    }

    static JsonataExpression Compile(string expression, string location)
    {
        try
        {
            return Jsonata.Jsonata.Compile(expression, JsonataOptions.StepFunctions);
        }
        catch (JsonataException problem)
        {
            throw new TemplateSyntaxException($"The JSONata expression '{expression}' specified for the field '{location}' cannot be read. {problem.Code}: {problem.Message}", location, location, problem);
        }
    }
}
