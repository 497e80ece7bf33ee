using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Dashboard.Runs;

/// <summary>What a rerun from a chosen state does.</summary>
/// <param name="States">The states it may begin with: those of the outermost level that the run came to, and that the workflow still has.</param>
/// <param name="From">The chosen one; null when none is.</param>
/// <param name="Again">The states that run again, or may.</param>
/// <param name="Skipped">The states of the workflow that do not run.</param>
/// <param name="Input">The input the chosen state had last.</param>
/// <param name="HasVariables">Whether variables were set when the run came to the chosen state.</param>
internal sealed record RerunPlan(IReadOnlyList<string> States, string? From, IReadOnlyList<string> Again, IReadOnlyList<string> Skipped, JsonValue? Input, bool HasVariables)
{
    internal static RerunPlan Of(RunState run, RegisteredStateMachine? machine, string? from)
    {
        if (machine is null) return new RerunPlan([], null, [], [], null, HasVariables: false);
        var document = machine.Plan.Machine;
        var states = run.Visits.Where(visit => visit.Depth == 0 && document.States.ContainsKey(visit.Name)).Select(visit => visit.Name).Distinct(StringComparer.Ordinal).ToList();
        if (from is null || !states.Contains(from)) return new RerunPlan(states, null, [], [], null, HasVariables: false);
        var reached = StateTransitions.ReachableFrom(document, from).ToHashSet(StringComparer.Ordinal);
        var again = Names(document, reached.Contains);
        var visit = run.Visits.Last(visit => visit.Depth == 0 && visit.Name == from);
        return new RerunPlan(states, from, again, Names(document, name => !reached.Contains(name)), visit.Input, run.Snapshot.Start.Variables is { Count: > 0 } || run.Visits.Any(before => before.Depth == 0 && before.Id < visit.Id && before.Assigned is { Count: > 0 }));
    }

    // With the states inside of those.
    static List<string> Names(StateGraph graph, Func<string, bool> isWanted)
    {
        var names = new List<string>();
        foreach (var (name, state) in graph.States)
        {
            if (!isWanted(name)) continue;
            names.Add(name);
            foreach (var inside in StateTransitions.InsideOf(state)) names.AddRange(Names(inside, _ => true));
        }

        return names;
    }
}
