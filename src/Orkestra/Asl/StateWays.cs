namespace Orkestra.Asl;

/// <summary>Where the states of a document lead.</summary>
internal static class StateWays
{
    /// <summary>The states that follow when a state succeeds.</summary>
    internal static IEnumerable<string> NextOf(State state) => state switch
    {
        ChoiceState choice => choice.Choices.Select(rule => rule.Next).Append(choice.Default).OfType<string>(),
        _ => state.Next is { } next ? [next] : [],
    };

    /// <summary>The states of a level that can come after a state, and the state itself, in the order of the document. What they hold inside is not among them.</summary>
    internal static IReadOnlyList<string> ReachableFrom(StateGraph graph, string start)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<string>([start]);
        while (pending.TryPop(out var name))
        {
            if (!graph.States.TryGetValue(name, out var state) || !reached.Add(name)) continue;
            foreach (var next in NextOf(state).Concat(HandlersOf(state))) pending.Push(next);
        }

        return [.. graph.States.Select(state => state.Key).Where(reached.Contains)];
    }

    /// <summary>The levels inside a state.</summary>
    internal static IEnumerable<StateGraph> InsideOf(State state) => state switch
    {
        ParallelState parallel => parallel.Branches,
        MapState { Processor: { } processor } => [processor],
        _ => [],
    };

    static IEnumerable<string> HandlersOf(State state) => state is FallibleState fallible ? fallible.Catch.Select(catcher => catcher.Next).OfType<string>() : [];
}
