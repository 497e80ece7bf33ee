using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>
/// Tells where a variable of an inner graph has the name of one of an outer graph: inside, the outer one can no longer be read, and what is set inside never
/// reaches outside (https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html).
/// </summary>
internal static class VariableScopes
{
    internal static void Check(Checker checker, SourceNode root) => Graph(checker, root, "", []);

    static void Graph(Checker checker, SourceNode graph, string location, HashSet<string> outer)
    {
        if (graph.Find("States") is not { Kind: JsonKind.Object } states) return;
        var assigned = states.Members.SelectMany(state => Assignments(state.Value, $"{location}/States/{state.Name}")).ToList();
        foreach (var (name, place, node) in assigned)
        {
            if (outer.Contains(name))
                checker.Warning(Codes.ShadowedVariable, $"The variable '{name}' has the name of a variable of an outer scope.", place, node);
        }

        var inner = new HashSet<string>(outer.Concat(assigned.Select(assignment => assignment.Name)), StringComparer.Ordinal);
        foreach (var state in states.Members)
        {
            foreach (var (part, place) in Inner(state.Value, $"{location}/States/{state.Name}")) Graph(checker, part, place, inner);
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

    static IEnumerable<(string Name, string Location, SourceNode Node)> Assignments(SourceNode state, string location)
    {
        foreach (var assignment in Names(state, location)) yield return assignment;
        foreach (var name in (string[])["Catch", "Choices"])
        {
            if (state.Find(name) is not { } parts) continue;
            for (var i = 0; i < parts.Items.Count; i++)
            {
                foreach (var assignment in Names(parts.Items[i], $"{location}/{name}[{i}]")) yield return assignment;
            }
        }
    }

    static IEnumerable<(string Name, string Location, SourceNode Node)> Names(SourceNode part, string location)
    {
        if (part.Find("Assign") is not { } assign) yield break;
        foreach (var member in assign.Members)
            yield return (member.Name.EndsWith(".$", StringComparison.Ordinal) ? member.Name[..^2] : member.Name, $"{location}/Assign", member.Value);
    }
}
