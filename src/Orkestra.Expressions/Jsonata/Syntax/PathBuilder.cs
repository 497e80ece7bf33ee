namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>
/// Rewrites the parser's tree: chains of <c>.</c>, <c>[]</c>, <c>{}</c>, <c>^</c>, <c>@</c> and <c>#</c> become paths of steps, each <c>%</c> finds the step whose input
/// it names, and calls in tail position are marked.
/// </summary>
internal sealed partial class PathBuilder
{
    int labels;

    internal static SyntaxNode Build(SyntaxNode root)
    {
        var result = new PathBuilder().Process(root);
        if (result.Kind == SyntaxKind.Parent || result.Seeking is not null) throw new JsonataException("S0217", result.Position, NameOf(result));
        return result;
    }

    SyntaxNode Process(SyntaxNode node)
    {
        SyntaxNode.CheckStack();
        var result = node.Kind switch
        {
            SyntaxKind.Binary => Binary(node),
            SyntaxKind.Name => PathOf(node),
            SyntaxKind.Operator => Word(node),
            SyntaxKind.Negation => Negation(node),
            SyntaxKind.Array or SyntaxKind.Block => Elements(node),
            SyntaxKind.Object => ObjectConstructor(node),
            SyntaxKind.Function or SyntaxKind.Partial => Call(node),
            SyntaxKind.Lambda => Lambda(node),
            SyntaxKind.Condition or SyntaxKind.Default or SyntaxKind.Coalesce => Condition(node),
            SyntaxKind.Transform => Transform(node),
            SyntaxKind.Bind => Bind(node),
            SyntaxKind.Apply => Apply(node),
            SyntaxKind.Parent => Parent(node),
            SyntaxKind.Missing => throw new JsonataException("S0207", node.Position, node.Text),
            _ => node,
        };
        if (node.KeepArray) result.KeepArray = true;
        return result;
    }

    SyntaxNode Binary(SyntaxNode node) => node.Text switch
    {
        "." => Map(node),
        "[" => Predicate(node),
        "{" => GroupBy(node),
        "^" => OrderBy(node),
        "@" => Focus(node),
        "#" => Index(node),
        _ => Operands(node),
    };

    static SyntaxNode PathOf(SyntaxNode step)
    {
        var path = new SyntaxNode(SyntaxKind.Path, "", step.Position) { KeepSingletonArray = step.KeepArray };
        path.AddItem(step);
        return path;
    }

    static SyntaxNode Word(SyntaxNode node)
    {
        if (node.Text == "?") return node;
        node.Kind = SyntaxKind.Name;
        return PathOf(node);
    }

    SyntaxNode Operands(SyntaxNode node)
    {
        node.Left = Process(node.Left!);
        node.Right = Process(node.Right!);
        Inherit(node, node.Left);
        Inherit(node, node.Right);
        return node;
    }

    SyntaxNode Negation(SyntaxNode node)
    {
        var operand = Process(node.Left!);
        if (operand.Kind == SyntaxKind.Number)
        {
            operand.Number = -operand.Number;
            return operand;
        }

        node.Left = operand;
        Inherit(node, operand);
        return node;
    }

    SyntaxNode Elements(SyntaxNode node)
    {
        for (var i = 0; i < node.Items.Count; i++)
        {
            var item = Process(node.Items[i]);
            Inherit(node, item);
            node.Items[i] = item;
            if (node.Kind == SyntaxKind.Block && (item.ConsArray || (item.Kind == SyntaxKind.Path && item.Items[0].ConsArray))) node.ConsArray = true;
        }

        return node;
    }

    SyntaxNode ObjectConstructor(SyntaxNode node)
    {
        var pairs = node.Group!.Pairs;
        for (var i = 0; i < pairs.Count; i++)
        {
            var key = Process(pairs[i].Key);
            Inherit(node, key);
            var value = Process(pairs[i].Value);
            Inherit(node, value);
            pairs[i] = (key, value);
        }

        return node;
    }

    SyntaxNode Call(SyntaxNode node)
    {
        for (var i = 0; i < node.Items.Count; i++)
        {
            node.Items[i] = Process(node.Items[i]);
            Inherit(node, node.Items[i]);
        }

        node.Left = Process(node.Left!);
        return node;
    }

    SyntaxNode Lambda(SyntaxNode node)
    {
        node.Left = Process(node.Left!);
        MarkTailCalls(node.Left);
        return node;
    }

    static void MarkTailCalls(SyntaxNode body)
    {
        // What follows needs the value, so the call is not the last thing.
        if (body.Predicates is not null || body.Group is not null || body.KeepArray) return;
        switch (body.Kind)
        {
            case SyntaxKind.Function:
                body.TailCall = true;
                break;
            case SyntaxKind.Condition:
                MarkTailCalls(body.Right!);
                if (body.Third is not null) MarkTailCalls(body.Third);
                break;
            case SyntaxKind.Default or SyntaxKind.Coalesce:
                MarkTailCalls(body.Right!);
                break;
            case SyntaxKind.Block when body.Items.Count > 0:
                MarkTailCalls(body.Items[^1]);
                break;
        }
    }

    SyntaxNode Condition(SyntaxNode node)
    {
        node.Left = Process(node.Left!);
        Inherit(node, node.Left);
        node.Right = Process(node.Right!);
        Inherit(node, node.Right);
        if (node.Third is null) return node;
        node.Third = Process(node.Third);
        Inherit(node, node.Third);
        return node;
    }

    SyntaxNode Transform(SyntaxNode node)
    {
        node.Left = Process(node.Left!);
        node.Right = Process(node.Right!);
        if (node.Third is not null) node.Third = Process(node.Third);
        return node;
    }

    SyntaxNode Bind(SyntaxNode node)
    {
        node.Right = Process(node.Right!);
        Inherit(node, node.Right);
        return node;
    }

    SyntaxNode Apply(SyntaxNode node)
    {
        node.Left = Process(node.Left!);
        node.Right = Process(node.Right!);
        node.KeepArray = node.KeepArray || node.Left.KeepArray || node.Right.KeepArray;
        return node;
    }
}
