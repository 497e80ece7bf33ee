namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A step of a path that binds: what to evaluate, what to bind, and what follows. Slots are -1 where nothing is bound.</summary>
internal sealed class TupleStep(Node? node, SortNode? sort)
{
    internal Node? Node { get; } = node;

    internal SortNode? Sort { get; } = sort;

    /// <summary>Binds each result and leaves the context as it was: <c>@$name</c>.</summary>
    internal int Focus { get; init; } = -1;

    /// <summary>Binds the position among the results: <c>#$name</c>.</summary>
    internal int Index { get; init; } = -1;

    /// <summary>Remembers the context for a later <c>%</c>.</summary>
    internal int Ancestor { get; init; } = -1;

    /// <summary>Predicates, and positions bound after them.</summary>
    internal (PredicateStage? Predicate, int Index)[] Stages { get; init; } = [];
}
