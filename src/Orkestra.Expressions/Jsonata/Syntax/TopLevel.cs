namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>
/// The rule of AWS Step Functions that an expression has no input of its own: outside of functions, predicates and steps of a path, which have a context, neither <c>$</c>
/// and <c>$$</c> nor field names may stand. See https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html.
/// </summary>
internal static class TopLevel
{
    internal static void Check(SyntaxNode node)
    {
        SyntaxNode.CheckStack();
        switch (node.Kind)
        {
            case SyntaxKind.Variable when node.Text is "" or "$":
                throw new JsonataException("U1008", node.Position, "$" + node.Text);
            case SyntaxKind.Name or SyntaxKind.Wildcard or SyntaxKind.Descendant:
                throw new JsonataException("U1008", node.Position, node.Text);
            case SyntaxKind.Path:
                // The steps after the first have what it gives as their context.
                Check(node.Items[0]);
                return;
            case SyntaxKind.Lambda or SyntaxKind.Transform:
                return;
            case SyntaxKind.Function or SyntaxKind.Partial when node.Left is { Kind: SyntaxKind.Path } path && path.Items.Count == 1:
                // A name that is called is an error of its own, which says that a $ may be missing.
                break;
            default:
                if (node.Left is not null) Check(node.Left);
                break;
        }

        if (node.Right is not null) Check(node.Right);
        if (node.Third is not null) Check(node.Third);
        foreach (var item in node.Items) Check(item);
        if (node.Kind != SyntaxKind.Object || node.Group is null) return;
        foreach (var (key, value) in node.Group.Pairs)
        {
            Check(key);
            Check(value);
        }
    }
}
