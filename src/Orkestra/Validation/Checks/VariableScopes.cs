using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>
/// Names of variables in inner graphs (https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html). The service refuses a name that an outer graph assigns
/// on the way into the Parallel or Map: by a transition that leads there, loops included. A name that the outer graph assigns elsewhere is free; a warning tells of it,
/// because what is set inside never reaches outside.
/// </summary>
internal static class VariableScopes
{
    internal static void Check(Checker checker, SourceNode root) => Graph(checker, root, "", [], []);

    static void Graph(Checker checker, SourceNode graph, string location, HashSet<string> assigned, HashSet<string> outer)
    {
        if (graph.Find("States") is not { Kind: JsonKind.Object } states) return;
        var transitions = states.Members.SelectMany(state => Transitions(state.Name, state.Value, $"{location}/States/{state.Name}")).ToList();
        foreach (var (name, place, node) in transitions.SelectMany(transition => transition.Assigned).DistinctBy(assignment => (assignment.Name, assignment.Location)))
        {
            if (assigned.Contains(name))
                checker.Error(Codes.DuplicateVariable, $"Duplicate variable name: {name}. A variable of an outer scope has the same name.", place, node);
            else if (outer.Contains(name))
                checker.Warning(Codes.ShadowedVariable, $"The variable '{name}' has the name of a variable of an outer scope.", place, node);
        }

        if (states.Members.TrueForAll(state => !Inner(state.Value, "").Any())) return;
        var arriving = Arriving(graph, transitions, assigned);
        var known = new HashSet<string>(outer.Concat(transitions.SelectMany(transition => transition.Assigned).Select(assignment => assignment.Name)), StringComparer.Ordinal);
        foreach (var state in states.Members)
        {
            foreach (var (part, place) in Inner(state.Value, $"{location}/States/{state.Name}"))
                Graph(checker, part, place, arriving.GetValueOrDefault(state.Name) ?? assigned, known);
        }
    }

    /// <summary>By state, the names that may be assigned when it is entered.</summary>
    static Dictionary<string, HashSet<string>> Arriving(SourceNode graph, List<Transition> transitions, HashSet<string> outer)
    {
        var arriving = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var from = transitions.ToLookup(transition => transition.From, StringComparer.Ordinal);
        var open = new Queue<string>();
        if (graph.Find("StartAt")?.Text is { } first) Enter(first, outer);
        while (open.TryDequeue(out var state))
        {
            foreach (var transition in from[state])
            {
                if (transition.To is { } next) Enter(next, arriving[state].Concat(transition.Assigned.Select(assignment => assignment.Name)));
            }
        }

        return arriving;

        void Enter(string state, IEnumerable<string> names)
        {
            var isNew = !arriving.TryGetValue(state, out var known);
            if (isNew) arriving.Add(state, known = new HashSet<string>(StringComparer.Ordinal));
            var before = known!.Count;
            known.UnionWith(names);
            if (isNew || known.Count > before) open.Enqueue(state);
        }
    }

    static IEnumerable<(SourceNode Graph, string Location)> Inner(SourceNode state, string location)
    {
        foreach (var name in (string[])["ItemProcessor", "Iterator"])
        {
            if (state.Find(name) is { } processor) yield return (processor, $"{location}/{name}");
        }

        if (state.Find("Branches") is not { } branches) yield break;
        for (var i = 0; i < branches.Items.Count; i++) yield return (branches.Items[i], $"{location}/Branches[{i}]");
    }

    static IEnumerable<Transition> Transitions(string name, SourceNode state, string location)
    {
        var own = Names(state, location);
        yield return new Transition(name, state.Find("Next")?.Text ?? state.Find("Default")?.Text, own);
        foreach (var field in (string[])["Catch", "Choices"])
        {
            if (state.Find(field) is not { } parts) continue;
            for (var i = 0; i < parts.Items.Count; i++)
                yield return new Transition(name, parts.Items[i].Find("Next")?.Text, Names(parts.Items[i], $"{location}/{field}[{i}]"));
        }
    }

    static List<Assignment> Names(SourceNode part, string location) => part.Find("Assign") is not { } assign ? [] :
    [
        .. assign.Members.Select(member => new Assignment(
            member.Name.EndsWith(".$", StringComparison.Ordinal) ? member.Name[..^2] : member.Name, $"{location}/Assign", member.Value)),
    ];

    /// <summary>A way from one state to another, or out of the graph when <see cref="To"/> is null, and what is assigned on it.</summary>
    sealed record Transition(string From, string? To, List<Assignment> Assigned);

    sealed record Assignment(string Name, string Location, SourceNode Node);
}
