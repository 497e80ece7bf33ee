using Orkestra.Expressions.Jsonata.Syntax;

namespace Orkestra.Expressions.Jsonata;

/// <summary>What an expression refers to, read from its text: for those who check expressions before they are evaluated. Immutable.</summary>
/// <example><code>JsonataReferences.Of("$states.input.price * 2").FieldsOf("states") // input</code></example>
public sealed class JsonataReferences
{
    readonly List<(string Variable, string Field)> fields = [];

    JsonataReferences(SyntaxNode tree)
    {
        InputReferences = TopLevel.References(tree);
        Find(tree);
    }

    /// <summary>
    /// The references to an input outside of predicates and steps of paths, which AWS Step Functions refuses with the code U1008: <c>$</c>, <c>$$</c>, or the name of a field. Each once, in the order of the text.
    /// </summary>
    public IReadOnlyList<string> InputReferences { get; }

    /// <summary>Reads what an expression refers to. Unlike <see cref="Jsonata.Compile"/> it takes <see cref="InputReferences"/> in every dialect.</summary>
    /// <param name="text">The expression, without any delimiters around it.</param>
    /// <param name="options">How it is read; <see cref="JsonataOptions.Standard"/> when null.</param>
    /// <exception cref="JsonataException">The text is not an expression.</exception>
    public static JsonataReferences Of(string text, JsonataOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Jsonata.Read(text, options ?? JsonataOptions.Standard, static (read, how) => new JsonataReferences(PathBuilder.Build(Parser.Parse(read, how.MaxNesting))));
    }

    /// <summary>The fields that paths read of a variable, without what they read of these: <c>input</c> of <c>$states.input.price</c>. Each once, in the order of the text.</summary>
    /// <param name="variable">The name of the variable, without the <c>$</c>.</param>
    public IEnumerable<string> FieldsOf(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return fields.Where(field => field.Variable == variable).Select(field => field.Field).Distinct(StringComparer.Ordinal);
    }

    void Find(SyntaxNode node)
    {
        SyntaxNode.CheckStack();
        if (node is { Kind: SyntaxKind.Path, Items: [{ Kind: SyntaxKind.Variable } variable, { Kind: SyntaxKind.Name } field, ..] }) fields.Add((variable.Text, field.Text));
        if (node.Left is not null) Find(node.Left);
        if (node.Right is not null) Find(node.Right);
        if (node.Third is not null) Find(node.Third);
        foreach (var item in node.Items) Find(item);
        if (node.Group is null) return;
        foreach (var (key, value) in node.Group.Pairs)
        {
            Find(key);
            Find(value);
        }
    }
}
