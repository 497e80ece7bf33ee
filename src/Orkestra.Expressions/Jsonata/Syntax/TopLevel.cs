namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>
/// The rule of AWS Step Functions that an expression has no input of its own: outside of predicates and steps of a path, which have a context, neither <c>$</c> and
/// <c>$$</c> nor field names may stand. The body of a function has the context of the place where it is written.
/// See https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html.
/// </summary>
internal static class TopLevel
{
    internal static void Check(SyntaxNode node)
    {
        if (Find(node).FirstOrDefault() is { } reference) throw new JsonataException("U1008", reference.Position, NameOf(reference));
    }

    /// <summary>The references that may not stand where they do, each once, without <c>$</c> of names: <c>$</c>, <c>$$</c>, or a field's name.</summary>
    internal static IReadOnlyList<string> References(SyntaxNode node) => [.. Find(node).Select(NameOf).Distinct(StringComparer.Ordinal)];

    static string NameOf(SyntaxNode reference) => reference.Kind == SyntaxKind.Variable ? "$" + reference.Text : reference.Text;

    static List<SyntaxNode> Find(SyntaxNode node)
    {
        var found = new List<SyntaxNode>();
        Find(node, found);
        return found;
    }

    static void Find(SyntaxNode node, List<SyntaxNode> found)
    {
        SyntaxNode.CheckStack();
        switch (node.Kind)
        {
            case SyntaxKind.Variable when node.Text is "" or "$":
            case SyntaxKind.Name or SyntaxKind.Wildcard or SyntaxKind.Descendant:
                found.Add(node);
                return;
            case SyntaxKind.Path:
                // The steps after the first have what it gives as their context.
                Find(node.Items[0], found);
                return;
            case SyntaxKind.Transform:
                return;
            case SyntaxKind.Lambda:
                if (node.Left is not null) Find(node.Left, found);
                return;
            case SyntaxKind.Function or SyntaxKind.Partial when node.Left is { Kind: SyntaxKind.Path } path && path.Items.Count == 1:
                // A name that is called is an error of its own, which says that a $ may be missing.
                break;
            default:
                if (node.Left is not null) Find(node.Left, found);
                break;
        }

        if (node.Right is not null) Find(node.Right, found);
        if (node.Third is not null) Find(node.Third, found);
        foreach (var item in node.Items) Find(item, found);
        if (node.Kind != SyntaxKind.Object || node.Group is null) return;
        foreach (var (key, value) in node.Group.Pairs)
        {
            Find(key, found);
            Find(value, found);
        }
    }
}
