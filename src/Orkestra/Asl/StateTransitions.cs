namespace Orkestra.Asl;

/// <summary>The transitions between the states of a document.</summary>
public static class StateTransitions
{
    /// <summary>The names of the states that follow when a state succeeds, in the order they are written; those of a Choice once for each rule.</summary>
    /// <param name="state">The state.</param>
    public static IEnumerable<string> NextOf(State state) => state switch
    {
        null => throw new ArgumentNullException(nameof(state)),
        ChoiceState choice => choice.Choices.Select(rule => rule.Next).Append(choice.Default).OfType<string>(),
        _ => state.Next is { } next ? [next] : [],
    };

    /// <summary>The states of a level that can come after a state, and the state itself, in the order of the document. What they hold inside is not among them.</summary>
    /// <param name="graph">The level.</param>
    /// <param name="start">The name of the state. Nothing can come after one that the level does not have.</param>
    public static IReadOnlyList<string> ReachableFrom(StateGraph graph, string start)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(start);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([start]);
        while (pending.TryPop(out var name))
        {
            if (!graph.States.TryGetValue(name, out var state) || !reached.Add(name)) continue;
            foreach (var next in NextOf(state).Concat(HandlersOf(state))) pending.Push(next);
        }

        return [.. graph.States.Select(state => state.Key).Where(reached.Contains)];
    }

    /// <summary>The levels inside a state: the branches of a Parallel, or the processor of a Map; none for others.</summary>
    /// <param name="state">The state.</param>
    public static IEnumerable<StateGraph> InsideOf(State state) => state switch
    {
        null => throw new ArgumentNullException(nameof(state)),
        ParallelState parallel => parallel.Branches,
        MapState { Processor: { } processor } => [processor],
        _ => [],
    };

    static IEnumerable<string> HandlersOf(State state) => state is FallibleState fallible ? fallible.Catch.Select(catcher => catcher.Next).OfType<string>() : [];
}
