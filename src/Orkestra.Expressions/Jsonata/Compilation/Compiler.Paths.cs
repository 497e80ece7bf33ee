using Orkestra.Expressions.Jsonata.Nodes;
using Orkestra.Expressions.Jsonata.Nodes.Paths;
using Orkestra.Expressions.Jsonata.Syntax;

namespace Orkestra.Expressions.Jsonata.Compilation;

/// <summary>Paths.</summary>
internal sealed partial class Compiler
{
    Node Path(SyntaxNode syntax, ExpressionScope scope, int depth)
    {
        var steps = syntax.Items;
        var firstTuple = steps.FindIndex(step => step.Tuple);
        var absolute = steps[0].Kind == SyntaxKind.Variable;
        if (firstTuple < 0)
        {
            if (Fields(syntax, scope, depth) is { } fields) return fields;
            var group = syntax.Group is null ? null : Group(syntax.Group, scope, tuple: false, depth);
            return new PathNode([.. steps.Select(step => Step(step, scope, depth + 1))], absolute, steps[0].ConsArray, syntax.KeepSingletonArray, group);
        }

        var inner = new ExpressionScope(scope, labels);
        var plain = firstTuple == 0 ? null
            : new PathNode([.. steps.Take(firstTuple).Select(step => Step(step, scope, depth + 1))], absolute, steps[0].ConsArray, false, null) { KeepsLast = true };
        var tuples = steps.Skip(firstTuple).Select((step, index) => TupleStep(step, index == 0, scope, inner, depth + 1));
        return new TuplePathNode(plain, [.. tuples], absolute, inner)
        {
            LabelCount = labels.Count,
            KeepTuples = syntax.Tuple,
            KeepSingleton = syntax.KeepSingletonArray,
            Group = syntax.Group is null ? null : Group(syntax.Group, scope, tuple: true, depth),
        };
    }

    Node? Fields(SyntaxNode syntax, ExpressionScope scope, int depth)
    {
        if (syntax.Group is not null || syntax.KeepSingletonArray) return null;
        var steps = syntax.Items;
        var first = steps[0].Kind == SyntaxKind.Variable && steps[0] is { Stages: null, Predicates: null, KeepArray: false } && steps.Count > 1 ? 1 : 0;
        for (var i = first; i < steps.Count; i++)
        {
            if (steps[i] is not { Kind: SyntaxKind.Name, Stages: null, Predicates: null, KeepArray: false, Group: null }) return null;
        }

        if (steps.Count == 1) return new SingleFieldNode(new FieldNode(steps[0].Text));
        return new FieldPathNode(first == 0 ? null : CompileBare(steps[0], scope, depth + 1), FieldsOf(steps, first));
    }

    static FieldNode[] FieldsOf(List<SyntaxNode> steps, int first)
    {
        var fields = new FieldNode[steps.Count - first];
        for (var i = 0; i < fields.Length; i++) fields[i] = new FieldNode(steps[first + i].Text);
        return fields;
    }

    PathStep Step(SyntaxNode step, ExpressionScope scope, int depth)
    {
        PredicateStage[] stages = step.Stages is null ? [] : [.. step.Stages.Select(stage => Predicate(stage.Filter!, scope, null, depth))];
        return step.Kind == SyntaxKind.Sort ? new PathStep(null, Sort(step, scope, null, depth), stages) : new PathStep(Compile(step, scope, depth), null, stages);
    }

    TupleStep TupleStep(SyntaxNode step, bool first, ExpressionScope scope, ExpressionScope inner, int depth)
    {
        var isSort = step.Kind == SyntaxKind.Sort;
        // A sort that is the first step to bind sorts items that are not tuples yet.
        var sort = !isSort ? null : first ? Sort(step, scope, null, depth) : Sort(step, inner, inner, depth);
        return new TupleStep(isSort ? null : Compile(step, inner, depth), sort)
        {
            Focus = SlotOf(step.Focus),
            Index = SlotOf(step.Index),
            Ancestor = SlotOf(step.Ancestor is not null && step.Kind != SyntaxKind.Parent ? step.Ancestor.Label : null),
            Stages = [.. (step.Stages ?? []).Select(stage => (stage.Filter is null ? null : Predicate(stage.Filter, inner, inner, depth), SlotOf(stage.Index)))],
        };
    }

    SortNode Sort(SyntaxNode step, ExpressionScope scope, ExpressionScope? tupleScope, int depth) =>
        new([.. step.Terms!.Select(term => (Compile(term.Expression, scope, depth + 1), term.Descending))], step.Position, tupleScope);

    int SlotOf(string? label) => label is null ? -1 : labels.IndexOf(label);

    /// <summary>Everything the tuples of any path of the expression may bind.</summary>
    void CollectLabels(SyntaxNode node)
    {
        SyntaxNode.CheckStack();
        AddLabel(node.Focus);
        AddLabel(node.Index);
        if (node.Kind is not (SyntaxKind.Parent or SyntaxKind.Path)) AddLabel(node.Ancestor?.Label);
        if (node.Left is not null) CollectLabels(node.Left);
        if (node.Right is not null) CollectLabels(node.Right);
        if (node.Third is not null) CollectLabels(node.Third);
        foreach (var item in node.Items) CollectLabels(item);
        if (node.Stages is not null) CollectLabels(node.Stages);
        if (node.Predicates is not null) CollectLabels(node.Predicates);
        if (node.Group is not null)
        {
            foreach (var (key, value) in node.Group.Pairs)
            {
                CollectLabels(key);
                CollectLabels(value);
            }
        }

        if (node.Terms is null) return;
        foreach (var term in node.Terms) CollectLabels(term.Expression);
    }

    void CollectLabels(List<Stage> stages)
    {
        foreach (var stage in stages)
        {
            AddLabel(stage.Index);
            if (stage.Filter is not null) CollectLabels(stage.Filter);
        }
    }

    void AddLabel(string? label)
    {
        if (label is not null && !labels.Contains(label)) labels.Add(label);
    }
}
