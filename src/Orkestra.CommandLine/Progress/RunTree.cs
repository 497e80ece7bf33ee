using Orkestra.Hosting.Histories;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orkestra.CommandLine.Progress;

/// <summary>Draws a run.</summary>
internal sealed class RunTree(HistoryTree model, string workflow)
{
    // The iterations of a Map that are drawn one by one; the others are counted.
    const int MostIterations = 10;

    /// <summary>The tree as it is now.</summary>
    public IRenderable Render(DateTimeOffset now)
    {
        var tree = new Tree($"[bold]{Markup.Escape(workflow)}[/]") { Guide = TreeGuide.Line };
        foreach (var visit in model.Root.Visits) Add(tree, visit, now);
        return tree;
    }

    static void Add(IHasTreeNodes parent, StateVisit visit, DateTimeOffset now)
    {
        if (visit.IsOnlyAnEnd) return;
        var node = parent.AddNode(Label(visit, now));
        var iterations = visit.Scopes.Where(scope => scope.Iteration is not null).ToList();
        foreach (var scope in visit.Scopes.Except(iterations))
        {
            foreach (var inner in scope.Visits) Add(node, inner, now);
        }

        var shown = iterations.Count <= MostIterations ? iterations : [.. iterations.Where(IsWorthShowing).Take(MostIterations)];
        foreach (var scope in shown)
        {
            foreach (var inner in scope.Visits) Add(node, inner, now);
        }

        if (shown.Count < iterations.Count) node.AddNode($"[grey]{iterations.Count - shown.Count} more iterations[/]");
    }

    static bool IsWorthShowing(VisitScope scope) => scope.Visits.Any(visit => visit.Status is not StateStatus.Done);

    static Markup Label(StateVisit visit, DateTimeOffset now)
    {
        var (sign, color) = visit.Status switch
        {
            StateStatus.Done => ("✓", "green"),
            StateStatus.Caught => ("!", "yellow"),
            StateStatus.Failed => ("✗", "red"),
            StateStatus.Aborted or StateStatus.TimedOut => ("-", "grey"),
            _ => ("…", "blue"),
        };
        var text = $"[{color}]{sign}[/] {Markup.Escape(visit.Name)}";
        if (visit.Scope.Iteration is { } iteration) text += $" [grey][[{iteration}]][/]";
        text += $" [grey]{Duration.Text(visit.Took(now))}[/]";
        if (visit.Attempts > 1) text += $" [yellow]{visit.Attempts - 1} {(visit.Attempts == 2 ? "retry" : "retries")}[/]";
        if (visit.Error is not null) text += $" [{color}]{Markup.Escape(visit.Status == StateStatus.Caught ? $"caught {visit.ErrorText}" : visit.ErrorText)}[/]";
        return new Markup(text);
    }
}
