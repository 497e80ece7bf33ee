using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Validation;

namespace Orkestra.Hosting.TestState;

/// <summary>The state to test, alone in a machine made for the test.</summary>
/// <param name="State">The state.</param>
/// <param name="Plan">A machine that begins with the state, and in which every state it names ends at once.</param>
internal sealed record TestedState(State State, ExecutionPlan Plan)
{
    /// <summary>What a tested state is called, whatever its name in its machine.</summary>
    internal const string Name = "StateName";

    /// <exception cref="StateTestException">There is no such state, or the definition is not valid.</exception>
    internal static TestedState Find(string definition, string? stateName)
    {
        if (stateName is null)
        {
            Refuse(StateMachineValidator.ValidateState(definition));
            return Alone(AslReader.ReadState(definition).State!, null);
        }

        Refuse(StateMachineValidator.Validate(definition));
        var machine = AslReader.Read(definition).Document!;
        var state = Find(machine, stateName) ?? throw new StateTestException(StateTestException.Validation, "State not found in definition");
        return Alone(state, machine.QueryLanguage);
    }

    static void Refuse(ValidationResult validation)
    {
        if (validation.RefusalMessage is { } message) throw new StateTestException(StateTestException.InvalidDefinition, message);
    }

    // The validation has bounded how deep graphs nest.
    static State? Find(StateGraph graph, string name)
    {
        if (graph.States.TryGetValue(name, out var found)) return found;
        foreach (var state in graph.States.Values)
        {
            if (Inner(state).Select(inner => Find(inner, name)).FirstOrDefault(inner => inner is not null) is { } deeper) return deeper;
        }

        return null;
    }

    static IEnumerable<StateGraph> Inner(State state) => state switch
    {
        ParallelState parallel => parallel.Branches,
        MapState { Processor: { } processor } => [processor],
        _ => [],
    };

    static TestedState Alone(State state, QueryLanguage? language)
    {
        var states = new Dictionary<string, State>(StringComparer.Ordinal) { [Name] = state };
        foreach (var target in Targets(state)) states.TryAdd(target, new SucceedState());
        var machine = new StateMachine { StartAt = Name, QueryLanguage = language, States = new EquatableMap<State>(states) };
        try
        {
            return new TestedState(state, ExecutionPlan.Compile(machine));
        }
        catch (InvalidStateMachineException problem)
        {
            throw new StateTestException(StateTestException.InvalidDefinition, $"Invalid State Machine Definition: '{problem.Message}'");
        }
    }

    static IEnumerable<string> Targets(State state)
    {
        IEnumerable<string?> targets = state switch
        {
            ChoiceState choice => choice.Choices.Select(rule => rule.Next).Append(choice.Default),
            FallibleState fallible => fallible.Catch.Select(catcher => catcher.Next).Append(state.Next),
            _ => [state.Next],
        };
        return targets.OfType<string>();
    }
}
