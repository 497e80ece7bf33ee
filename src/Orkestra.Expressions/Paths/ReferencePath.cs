using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Paths;

/// <summary>
/// A Reference Path of the Amazon States Language: a path of fields and indexes that names one place, which can also be written to, as
/// <c>ResultPath</c> is. https://states-language.net/#ref-paths
/// </summary>
public sealed class ReferencePath
{
    readonly JsonPath path;

    ReferencePath(JsonPath path) => this.path = path;

    /// <summary>The path as it was written.</summary>
    public string Text => path.Text;

    /// <summary>What it starts from.</summary>
    public JsonPathRoot RootKind => path.RootKind;

    /// <summary>The name of the variable it starts from; null when it starts from none.</summary>
    public string? VariableName => path.VariableName;

    /// <summary>The names of the variables it reads.</summary>
    public IReadOnlyList<string> Variables => path.Variables;

    /// <summary>Whether it is the root alone, so that a value put there takes the place of everything.</summary>
    public bool IsRoot => path.Query.Chain.Length == 0;

    /// <summary>Compiles a Reference Path.</summary>
    /// <exception cref="JsonPathSyntaxException">The text is not a path, or is one with a wildcard, slice, filter, list, function or <c>..</c>.</exception>
    public static ReferencePath Compile(string text)
    {
        var path = JsonPath.Compile(text);
        if (!path.IsDefinite || !OnlyFieldsAndIndexes(path.Query.Chain))
        {
            throw new JsonPathSyntaxException("A Reference Path can only have fields and indexes", text, 0);
        }

        return new ReferencePath(path);
    }

    /// <summary>Whether a text is a Reference Path.</summary>
    public static bool TryCompile(string text, [NotNullWhen(true)] out ReferencePath? path)
    {
        path = JsonPath.TryCompile(text, JsonPathDialect.StepFunctions, out var found, out _) && found.IsDefinite && OnlyFieldsAndIndexes(found.Query.Chain)
            ? new ReferencePath(found) : null;
        return path is not null;
    }

    /// <summary>The value at this place; null when there is none. Only paths from <c>$</c>; see <see cref="Evaluate"/> for the others.</summary>
    public JsonValue? Get(JsonValue root) => path.Query.Get(root);

    /// <summary>The value at this place; null when there is none.</summary>
    public JsonValue? Evaluate(in EvaluationScope scope) => path.Evaluate(scope);

    /// <summary>Why there is nothing at this place; null when there is something.</summary>
    public JsonPathMiss? FindMiss(in EvaluationScope scope) => path.FindMiss(scope);

    /// <summary>
    /// The root with a value at this place. Everything beside the way is shared, not copied. Fields that are missing are made, as objects; an
    /// element of an array must be there already.
    /// </summary>
    /// <exception cref="ReferencePathException">Something on the way is not an object, or not an array with that element.</exception>
    public JsonValue Set(JsonValue root, JsonValue value)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(value);
        return Set(path.Query.Chain, root, value);
    }

    /// <summary>The path as it was written.</summary>
    public override string ToString() => Text;

    static bool OnlyFieldsAndIndexes(ReadOnlySpan<PathSelector> chain)
    {
        foreach (var selector in chain)
        {
            if (selector is not (FieldSelector or IndexSelector)) return false;
        }

        return true;
    }

    static JsonValue Set(ReadOnlySpan<PathSelector> chain, JsonValue? node, JsonValue value)
    {
        if (chain.Length == 0) return value;
        var rest = chain[1..];
        if (chain[0] is FieldSelector field)
        {
            var members = node is null ? JsonObject.Empty : node as JsonObject ?? throw Fault(field, node);
            return field.Set(members, Set(rest, rest.Length == 0 ? null : field.Get(members), value));
        }

        var index = (IndexSelector)chain[0];
        if (node is not JsonArray array || index.Get(array) is not { } element) throw Fault(index, node);
        var at = index.Index < 0 ? array.Count + index.Index : index.Index;
        return array.With((int)at, Set(rest, element, value));
    }

    static ReferencePathException Fault(PathSelector step, JsonValue? node) =>
        new($"Unable to apply step \"{(step is FieldSelector field ? field.Name : step.ToString())}\" to input {node?.ToJson() ?? "that is missing"}");
}
