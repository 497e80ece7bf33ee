using System.Globalization;
using System.Text;

namespace Orkestra.Asl.Drawing;

/// <summary>
/// Draws a document as a Mermaid flowchart (https://mermaid.js.org/syntax/flowchart.html): a box a state, subgraphs for what runs inside Parallel and Map,
/// labels on the ways out of a Choice, dotted lines for what catches.
/// </summary>
public static class MermaidGraph
{
    /// <summary>The drawing of a document, top down, with a line feed after each line.</summary>
    /// <param name="document">The document; a broken one is drawn as far as it can be, transitions to states that are not there lead to a box that says so.</param>
    public static string Write(StateMachine document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new StringBuilder("flowchart TD\n");
        var drawing = new Drawing(text);
        drawing.Outermost(document);
        return text.ToString();
    }

    /// <summary>One drawing. Names of states can be any text, so boxes are numbered and the names are their labels.</summary>
    sealed class Drawing(StringBuilder text)
    {
        readonly List<string> failures = [];
        int boxes;

        internal void Outermost(StateMachine document)
        {
            Line(1, "start((Start))");
            var ids = States(document, 1);
            if (document.StartAt is { } first) Line(1, $"start --> {Find(ids, first, 1)}");
            var ends = Edges(document, ids, 1);
            if (ends.Count > 0)
            {
                Line(1, "finish((End))");
                foreach (var end in ends) Line(1, $"{end} --> finish");
            }

            if (failures.Count == 0) return;
            Line(1, "classDef failure stroke:#c00,stroke-dasharray:4");
            Line(1, $"class {string.Join(',', failures)} failure");
        }

        Dictionary<string, string> States(StateGraph graph, int depth)
        {
            var ids = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, state) in graph.States)
            {
                var id = NextId();
                ids.Add(name, id);
                State(id, name, state, depth);
            }

            return ids;
        }

        void State(string id, string name, State state, int depth)
        {
            switch (state)
            {
                case ParallelState { Branches.Count: > 0 } parallel:
                    Line(depth, $"subgraph {id}[{Quote(name)}]");
                    for (var i = 0; i < parallel.Branches.Count; i++) Inner(parallel.Branches[i], $"Branch {i + 1}", depth + 1);
                    Line(depth, "end");
                    break;
                case MapState { Processor: { } processor }:
                    var distributed = processor.ProcessorConfig is { IsDistributed: true };
                    Line(depth, $"subgraph {id}[{Quote(name + (distributed ? "\n(for each item, distributed)" : "\n(for each item)"))}]");
                    Body(processor, depth + 1);
                    Line(depth, "end");
                    break;
                default:
                    Line(depth, id + Box(name, state));
                    if (state is FailState) failures.Add(id);
                    break;
            }
        }

        void Inner(StateGraph graph, string title, int depth)
        {
            Line(depth, $"subgraph {NextId()}[{Quote(title)}]");
            Body(graph, depth + 1);
            Line(depth, "end");
        }

        void Body(StateGraph graph, int depth)
        {
            Line(depth, "direction TB");
            var ids = States(graph, depth);
            _ = Edges(graph, ids, depth);
        }

        /// <summary>Draws the transitions; gives the boxes of the states with which the graph ends in success.</summary>
        List<string> Edges(StateGraph graph, Dictionary<string, string> ids, int depth)
        {
            var ends = new List<string>();
            foreach (var (name, state) in graph.States)
            {
                var id = ids[name];
                if (state is ChoiceState choice)
                {
                    foreach (var rule in choice.Choices) Edge(ids, id, rule.Next, RuleText.Describe(rule), depth);
                    Edge(ids, id, choice.Default, "otherwise", depth);
                }

                Edge(ids, id, state.Next, null, depth);
                if (state.End == true || state is SucceedState) ends.Add(id);
                if (state is not FallibleState fallible) continue;
                foreach (var catcher in fallible.Catch)
                {
                    if (catcher.Next is not { } next) continue;
                    var label = string.Join(", ", catcher.ErrorEquals);
                    Line(depth, label.Length == 0 ? $"{id} -.-> {Find(ids, next, depth)}" : $"{id} -. {Quote(label)} .-> {Find(ids, next, depth)}");
                }
            }

            return ends;
        }

        void Edge(Dictionary<string, string> ids, string from, string? to, string? label, int depth)
        {
            if (to is null) return;
            var target = Find(ids, to, depth);
            Line(depth, string.IsNullOrEmpty(label) ? $"{from} --> {target}" : $"{from} -->|{Quote(label)}| {target}");
        }

        string Find(Dictionary<string, string> ids, string name, int depth)
        {
            if (ids.TryGetValue(name, out var id)) return id;
            id = NextId();
            ids.Add(name, id);
            Line(depth, $"{id}[{Quote(name + "\n(missing)")}]");
            failures.Add(id);
            return id;
        }

        static string Box(string name, State state) => state switch
        {
            ChoiceState => $"{{{Quote(name)}}}",
            SucceedState or FailState => $"([{Quote(name)}])",
            WaitState => $"[/{Quote(name)}/]",
            PassState => $"({Quote(name)})",
            _ => $"[{Quote(name)}]",
        };

        string NextId() => string.Create(CultureInfo.InvariantCulture, $"s{++boxes}");

        void Line(int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');
    }

    /// <summary>A label in quotes. What Mermaid, Markdown or HTML could read as something else becomes a character code.</summary>
    internal static string Quote(string label)
    {
        var quoted = new StringBuilder("\"");
        foreach (var rune in (label.Length == 0 ? " " : label).EnumerateRunes())
        {
            if (rune.Value == '\n')
                quoted.Append("<br/>");
            else if (Rune.IsLetterOrDigit(rune) || Plain.Contains(rune.Value < 128 ? (char)rune.Value : '\0', StringComparison.Ordinal))
                quoted.Append(rune.ToString());
            else if (Rune.IsControl(rune))
                quoted.Append(' ');
            else
                quoted.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
        }

        return quoted.Append('"').ToString();
    }

    const string Plain = " .,:=+-/()[]?!$%@^~'";
}
