namespace Orkestra.Expressions.Jsonata.Syntax;

/// <summary>The operators that make a path.</summary>
internal sealed partial class PathBuilder
{
    SyntaxNode Map(SyntaxNode node)
    {
        var left = Process(node.Left!);
        var path = left;
        if (left.Kind != SyntaxKind.Path)
        {
            path = new SyntaxNode(SyntaxKind.Path, "", left.Position);
            path.AddItem(left);
        }

        if (left.Kind == SyntaxKind.Parent) path.Seeking = [left.Ancestor!];
        var rest = Process(node.Right!);
        if (rest.Kind == SyntaxKind.Path)
        {
            path.AddItems(rest.Items);
        }
        else
        {
            if (rest.Predicates is not null)
            {
                rest.Stages = rest.Predicates;
                rest.Predicates = null;
            }

            path.AddItem(rest);
        }

        foreach (var step in path.Items)
        {
            if (step.Kind is SyntaxKind.Number or SyntaxKind.Constant) throw new JsonataException("S0213", step.Position, step.Text, LiteralOf(step));
            if (step.Kind == SyntaxKind.String) step.Kind = SyntaxKind.Name;
            if (step.KeepArray) path.KeepSingletonArray = true;
        }

        if (path.Items[0].Kind == SyntaxKind.Array) path.Items[0].ConsArray = true;
        if (path.Items[^1].Kind == SyntaxKind.Array) path.Items[^1].ConsArray = true;
        ResolveAncestry(path);
        return path;
    }

    static Data.JsonValue LiteralOf(SyntaxNode step) => step.Kind == SyntaxKind.Number ? step.Number : Data.JsonValue.Parse(step.Text);

    SyntaxNode Predicate(SyntaxNode node)
    {
        var result = Process(node.Left!);
        var inPath = result.Kind == SyntaxKind.Path;
        var step = inPath ? result.Items[^1] : result;
        // A group-by on a path hangs on the path, on anything else on the node itself.
        if (step.Kind != SyntaxKind.Object && step.Group is not null) throw new JsonataException("S0209", node.Position);
        var predicate = Process(node.Right!);
        if (predicate.Seeking is not null)
        {
            foreach (var slot in predicate.Seeking)
            {
                if (slot.Level == 1) SeekParent(step, slot);
                else slot.Level--;
            }

            Inherit(step, predicate);
        }

        var stage = new Stage(predicate, null);
        if (inPath) (step.Stages ??= []).Add(stage);
        else (step.Predicates ??= []).Add(stage);
        return result;
    }

    SyntaxNode GroupBy(SyntaxNode node)
    {
        var result = Process(node.Left!);
        if (result.Kind == SyntaxKind.Object)
        {
            // The constructor's own pairs are not a group-by, so it is wrapped to carry one.
            var block = new SyntaxNode(SyntaxKind.Block, "(", result.Position) { Seeking = result.Seeking };
            block.AddItem(result);
            result = block;
        }

        if (result.Group is not null) throw new JsonataException("S0210", node.Position);
        result.Group = new GroupingSyntax([.. node.Group!.Pairs.Select(pair => (Process(pair.Key), Process(pair.Value)))], node.Position);
        return result;
    }

    SyntaxNode OrderBy(SyntaxNode node)
    {
        var result = Process(node.Left!);
        if (result.Kind != SyntaxKind.Path)
        {
            var path = new SyntaxNode(SyntaxKind.Path, "", result.Position);
            path.AddItem(result);
            result = path;
        }

        var sort = new SyntaxNode(SyntaxKind.Sort, node.Text, node.Position) { Terms = [] };
        foreach (var term in node.Terms!)
        {
            var expression = Process(term.Expression);
            Inherit(sort, expression);
            sort.Terms.Add(term with { Expression = expression });
        }

        result.AddItem(sort);
        ResolveAncestry(result);
        return result;
    }

    SyntaxNode Focus(SyntaxNode node)
    {
        var result = Process(node.Left!);
        var step = result.Kind == SyntaxKind.Path ? result.Items[^1] : result;
        if (step.Stages is not null || step.Predicates is not null) throw new JsonataException("S0215", node.Position);
        if (step.Kind == SyntaxKind.Sort) throw new JsonataException("S0216", node.Position);
        if (node.KeepArray) step.KeepArray = true;
        step.Focus = node.Right!.Text;
        step.Tuple = true;
        return result;
    }

    SyntaxNode Index(SyntaxNode node)
    {
        var result = Process(node.Left!);
        var step = result;
        if (result.Kind == SyntaxKind.Path)
        {
            step = result.Items[^1];
        }
        else
        {
            result = new SyntaxNode(SyntaxKind.Path, "", step.Position);
            result.AddItem(step);
            if (step.Predicates is not null)
            {
                step.Stages = step.Predicates;
                step.Predicates = null;
            }
        }

        if (step.Stages is null) step.Index = node.Right!.Text;
        else step.Stages.Add(new Stage(null, node.Right!.Text));
        step.Tuple = true;
        return result;
    }
}
