using System.Text;

namespace Orkestra.Asl.Drawing;

/// <summary>
/// Draws a document in the DOT language of Graphviz (https://graphviz.org/doc/info/lang.html): a node a state, clusters for what runs inside Parallel and Map, labels on the ways
/// out of a Choice, dashed lines for what catches.
/// </summary>
public static class DotGraph
{
    /// <summary>The drawing of a document, top down, with a line feed after each line.</summary>
    /// <param name="document">The document; a broken one is drawn as far as it can be, transitions to states that are not there lead to a node that says so.</param>
    public static string Write(StateMachine document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var drawing = new Drawing();
        drawing.Outermost(document);
        return drawing.ToString();
    }

    sealed class Drawing
    {
        readonly StringBuilder text = new();
        int nodes;

        public override string ToString() => text.ToString();

        internal void Outermost(StateMachine document)
        {
            Line(0, "digraph {");
            Line(1, "compound=true; node [shape=box, style=rounded, fontname=\"sans-serif\"]; edge [fontname=\"sans-serif\"];");
            Line(1, "start [shape=circle, label=\"Start\"];");
            var places = States(document, 1);
            if (document.StartAt is { } first) Edge(1, new Place("start", null), Find(places, first, 1), null);
            var ends = Edges(document, places, 1);
            if (ends.Count > 0)
            {
                Line(1, "finish [shape=doublecircle, label=\"End\"];");
                foreach (var end in ends) Edge(1, end, new Place("finish", null), null);
            }

            Line(0, "}");
        }

        Dictionary<string, Place> States(StateGraph graph, int depth)
        {
            var places = new Dictionary<string, Place>(StringComparer.Ordinal);
            foreach (var (name, state) in graph.States) places.Add(name, State(name, state, depth));
            return places;
        }

        Place State(string name, State state, int depth) => state switch
        {
            ParallelState { Branches.Count: > 0 } parallel => Cluster(name, depth, inside =>
            {
                for (var i = 0; i < parallel.Branches.Count; i++)
                {
                    var branch = parallel.Branches[i];
                    Cluster($"Branch {i + 1}", inside, within => Body(branch, within));
                }
            }),
            MapState { Processor: { } processor } => Cluster(
                $"{name}\n{(processor.ProcessorConfig is { IsDistributed: true } ? "(for each item, distributed)" : "(for each item)")}", depth, inside => Body(processor, inside)),
            _ => Node(name, state, depth),
        };

        // Lines to a cluster lead to a point in it and end at its border.
        Place Cluster(string label, int depth, Action<int> inside)
        {
            var place = new Place($"s{++nodes}", $"cluster{nodes}");
            Line(depth, $"subgraph {place.Cluster} {{");
            Line(depth + 1, $"label={Quote(label)}; {place.Node} [shape=point, style=invis];");
            inside(depth + 1);
            Line(depth, "}");
            return place;
        }

        void Body(StateGraph graph, int depth) => Edges(graph, States(graph, depth), depth);

        Place Node(string name, State state, int depth)
        {
            var place = new Place($"s{++nodes}", null);
            var shape = state switch
            {
                ChoiceState => "shape=diamond, style=solid, ",
                SucceedState => "shape=oval, ",
                FailState => "shape=oval, color=red, ",
                WaitState => "shape=parallelogram, style=solid, ",
                TaskState => "style=solid, ",
                _ => "",
            };
            Line(depth, $"{place.Node} [{shape}label={Quote(name)}];");
            return place;
        }

        List<Place> Edges(StateGraph graph, Dictionary<string, Place> places, int depth)
        {
            var ends = new List<Place>();
            foreach (var (name, state) in graph.States)
            {
                var from = places[name];
                if (state is ChoiceState choice)
                {
                    foreach (var rule in choice.Choices) To(rule.Next, RuleText.Describe(rule));
                    To(choice.Default, "otherwise");
                }

                To(state.Next, null);
                if (state.End == true || state is SucceedState) ends.Add(from);
                if (state is not FallibleState fallible) continue;
                foreach (var catcher in fallible.Catch) To(catcher.Next, string.Join(", ", catcher.ErrorEquals), "style=dashed");

                void To(string? next, string? label, string? style = null)
                {
                    if (next is not null) Edge(depth, from, Find(places, next, depth), label, style);
                }
            }

            return ends;
        }

        Place Find(Dictionary<string, Place> places, string name, int depth)
        {
            if (places.TryGetValue(name, out var place)) return place;
            place = new Place($"s{++nodes}", null);
            places.Add(name, place);
            Line(depth, $"{place.Node} [color=red, style=dashed, label={Quote($"{name}\n(missing)")}];");
            return place;
        }

        void Edge(int depth, Place from, Place to, string? label, string? style = null)
        {
            var attributes = new List<string>(4);
            if (!string.IsNullOrEmpty(label)) attributes.Add($"label={Quote(label)}");
            if (style is not null) attributes.Add(style);
            if (from.Cluster is { } tail) attributes.Add($"ltail={tail}");
            if (to.Cluster is { } head) attributes.Add($"lhead={head}");
            Line(depth, $"{from.Node} -> {to.Node}{(attributes.Count == 0 ? "" : $" [{string.Join(", ", attributes)}]")};");
        }

        void Line(int depth, string line) => text.Append(' ', depth * 2).Append(line).Append('\n');

        // Of the escapes of DOT, a line feed alone is meant here.
        static string Quote(string label)
        {
            var quoted = new StringBuilder("\"");
            foreach (var character in label)
            {
                if (character == '\n') quoted.Append("\\n");
                else if (char.IsControl(character)) quoted.Append(' ');
                else if (character is '"' or '\\') quoted.Append('\\').Append(character);
                else quoted.Append(character);
            }

            return quoted.Append('"').ToString();
        }

        /// <summary>Where lines to a state lead: a node, and the cluster around it when the state contains others.</summary>
        readonly record struct Place(string Node, string? Cluster);
    }
}
