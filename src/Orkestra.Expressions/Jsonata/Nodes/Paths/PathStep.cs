namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A step of a path that binds nothing: what to evaluate for every item, and the predicates on what it gives; or a sort of all items.</summary>
internal sealed class PathStep(Node? node, SortNode? sort, PredicateStage[] predicates)
{
    internal Node? Node { get; } = node;

    internal SortNode? Sort { get; } = sort;

    internal PredicateStage[] Predicates { get; } = predicates;
}
