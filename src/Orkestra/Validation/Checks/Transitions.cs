using Orkestra.Asl.Reading;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.Checks;

/// <summary>Whether every state can be reached and every transition leads somewhere, graph by graph; names are unique over all graphs.</summary>
internal sealed class Transitions(Checker checker)
{
    readonly HashSet<string> names = new(StringComparer.Ordinal);

    internal static void Check(Checker checker, SourceNode root) => new Transitions(checker).Graph(root, "", outermost: true);

    void Graph(SourceNode graph, string location, bool outermost)
    {
        if (graph.Find("States") is not { Kind: JsonKind.Object } states) return;
        foreach (var member in states.Members)
        {
            if (!names.Add(member.Name))
                checker.Error(Codes.DuplicateState, $"Duplicate State name: {member.Name}", $"{location}/States/{member.Name}", member.Value);
        }

        var inside = states.Members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        var targets = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var start = graph.Find("StartAt");
        if (start?.Text is { } first) Target(inside, first, $"{location}/StartAt", start);
        foreach (var member in states.Members) targets[member.Name] = [.. Targets(inside, member, $"{location}/States/{member.Name}")];

        // A graph inside may loop forever: the service asks only the outermost one for an end.
        if (outermost && states.Members.Count > 0 && !states.Members.Exists(member => IsTerminal(member.Value)))
            checker.Error(Codes.MissingEnd, "Workflow has no terminal state", null, states);
        else if (start?.Text is { } from)
            Reach(states, targets, from, location);

        foreach (var member in states.Members) Inner(member.Value, $"{location}/States/{member.Name}");
    }

    void Inner(SourceNode state, string location)
    {
        if (state.Find("Branches") is { Kind: JsonKind.Array } branches)
        {
            for (var i = 0; i < branches.Items.Count; i++) Graph(branches.Items[i], $"{location}/Branches[{i}]", outermost: false);
        }

        if (state.Find("ItemProcessor") is { } processor) Graph(processor, $"{location}/ItemProcessor", outermost: false);
        if (state.Find("Iterator") is { } iterator) Graph(iterator, $"{location}/Iterator", outermost: false);
    }

    IEnumerable<string> Targets(HashSet<string> inside, SourceMember state, string location)
    {
        foreach (var (place, target) in Named(state.Value))
        {
            if (Target(inside, target.Text!, $"{location}/{place}", target)) yield return target.Text!;
        }
    }

    static IEnumerable<(string Place, SourceNode Target)> Named(SourceNode state)
    {
        foreach (var name in (string[])["Next", "Default"])
        {
            if (state.Find(name) is { Text: not null } target) yield return (name, target);
        }

        foreach (var name in (string[])["Choices", "Catch"])
        {
            if (state.Find(name) is not { Kind: JsonKind.Array } parts) continue;
            for (var i = 0; i < parts.Items.Count; i++)
            {
                if (parts.Items[i].Find("Next") is { Text: not null } target) yield return ($"{name}[{i}]/Next", target);
            }
        }
    }

    bool Target(HashSet<string> inside, string name, string location, SourceNode at)
    {
        if (inside.Contains(name)) return true;
        checker.Error(Codes.MissingTarget, $"Missing 'Next' target: {name}", location, at);
        return false;
    }

    void Reach(SourceNode states, Dictionary<string, List<string>> targets, string start, string location)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var next = new Stack<string>([start]);
        while (next.TryPop(out var name))
        {
            if (!targets.TryGetValue(name, out var further) || !reached.Add(name)) continue;
            foreach (var target in further) next.Push(target);
        }

        foreach (var member in states.Members)
        {
            if (!reached.Contains(member.Name))
                checker.Error(Codes.MissingTarget, $"State \"{member.Name}\" is not reachable.", $"{location}/States/{member.Name}", member.Value);
        }
    }

    static bool IsTerminal(SourceNode state) =>
        state.Find("Type")?.Text is "Succeed" or "Fail" || state.Find("End")?.Value is JsonBoolean { Value: true };
}
