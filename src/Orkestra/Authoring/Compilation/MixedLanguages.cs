using Orkestra.Asl;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// A document in JSONata cannot hold states in JSONPath, but one in JSONPath can hold states in JSONata
/// (https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html). So when a flow holds states in JSONPath, each authored state names JSONata itself.
/// </summary>
internal static class MixedLanguages
{
    /// <summary>Whether one of the states, or one inside them, says that it is in JSONPath.</summary>
    public static bool AreIn(EquatableMap<State> states) => states.Values.Any(IsIn);

    /// <summary>The states with JSONata named wherever JSONPath is not.</summary>
    public static EquatableMap<State> Name(EquatableMap<State> states) => new(states.Select(state => (state.Key, Name(state.Value))));

    static bool IsIn(State state) => state.QueryLanguage == QueryLanguage.JSONPath || state switch
    {
        MapState { ItemProcessor: { } processor } => AreIn(processor.States),
        ParallelState parallel => parallel.Branches.Any(branch => AreIn(branch.States)),
        _ => false,
    };

    /// <summary>A state, and those inside it, with JSONata named wherever JSONPath is not.</summary>
    public static State Name(State state)
    {
        if (state.QueryLanguage is not null) return state;
        state = state with { QueryLanguage = QueryLanguage.JSONata };
        return state switch
        {
            MapState { ItemProcessor: { } processor } map => map with { ItemProcessor = processor with { States = Name(processor.States) } },
            ParallelState parallel => parallel with { Branches = [.. parallel.Branches.Select(branch => branch with { States = Name(branch.States) })] },
            _ => state,
        };
    }
}
