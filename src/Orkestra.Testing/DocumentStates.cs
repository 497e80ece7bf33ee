using Orkestra.Asl;

namespace Orkestra.Testing;

/// <summary>The states of a document in its order, each with its depth in Parallel and Map states.</summary>
internal static class DocumentStates
{
    internal static IEnumerable<(string Name, State State, int Depth)> Of(StateGraph graph, int depth = 0)
    {
        foreach (var (name, state) in graph.States)
        {
            yield return (name, state, depth);
            IEnumerable<StateGraph> inner = state switch
            {
                ParallelState parallel => parallel.Branches,
                MapState { Processor: { } processor } => [processor],
                _ => [],
            };
            foreach (var below in inner.SelectMany(branch => Of(branch, depth + 1))) yield return below;
        }
    }
}
