using System.Text;
using Orkestra.Asl.Drawing.Layout;

namespace Orkestra.Asl.Drawing;

/// <summary>
/// Draws a document as an SVG image: a box for each state, boxes inside boxes for what runs in Parallel and Map, dashed lines for what catches. Labels never overlap. The
/// same document always gives the same image.
/// </summary>
public static class SvgGraph
{
    const double Margin = 16;

    /// <summary>The style of drawings, for light and dark, as the text of a style sheet. Colors are variables, so that what embeds a drawing can set them.</summary>
    public static string Style => SvgStyle.Text;

    /// <summary>The image of a document. It brings its style, for light and dark, and refers to nothing outside.</summary>
    /// <param name="document">The document; a broken one is drawn as far as it can be, and ways to states that are not there lead to a box that says so.</param>
    /// <returns>The text of an SVG file.</returns>
    public static string Write(StateMachine document) => Write(document, new SvgGraphOptions());

    /// <summary>The image of a document with what an execution says about its states.</summary>
    /// <param name="document">The document, as in <see cref="Write(StateMachine)"/>.</param>
    /// <param name="options">What the image shows beside it.</param>
    /// <returns>The text of an SVG file, or of an element for a page.</returns>
    public static string Write(StateMachine document, SvgGraphOptions options)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(options);
        var drawing = new GraphDrawing(options.MarkState is not null).Draw(document);
        var writer = new SvgWriter(options);
        writer.Open(drawing.Width + 2 * Margin, drawing.Height + 2 * Margin, document.Comment ?? "State machine");
        new Painter(writer, options).Level(drawing, Margin, Margin);
        return writer.Close();
    }

    /// <summary>Writes boxes and ways with their places in the image.</summary>
    sealed class Painter(SvgWriter svg, SvgGraphOptions options)
    {
        internal void Level(DrawnLevel level, double x, double y)
        {
            foreach (var way in level.Ways) Way(way, x, y);
            foreach (var state in level.States) State(state, x, y);
            foreach (var way in level.Ways.Where(way => way.Label is not null)) Label(way, x, y);
        }

        void State(DrawnState state, double x, double y)
        {
            var (left, top) = (x + state.Left, y + state.Y);
            if (state.Kind is BoxKind.Start or BoxKind.End)
            {
                svg.Begin("g", ("class", "ork-mark"));
                svg.Element("rect", ("x", left), ("y", top), ("width", state.Width), ("height", state.Height), ("rx", state.Height / 2));
                svg.Text(x + state.X, top + 16, "ork-end", state.Name, "middle");
                svg.End("g");
                return;
            }

            var mark = options.MarkState?.Invoke(state.Name);
            var kind = state.Kind.ToString().ToLowerInvariant();
            var classes = mark is null ? $"ork-state ork-{kind}" : $"ork-state ork-{kind} is-{mark.Status}";
            if (options.Selected == state.Name) classes += " is-selected";
            svg.Begin("g", ("class", classes), ("data-state", state.Name));
            if (options.LinkOf is { } link) svg.Begin("a", ("href", link(state.Name)));
            svg.Title(mark is null ? state.Name : $"{state.Name}: {mark.Text}");
            Outline(state, left, top);
            Header(state, left, top, mark);
            if (options.LinkOf is not null) svg.End("a");
            svg.End("g");
            foreach (var level in state.Levels)
            {
                svg.Begin("g", ("class", "ork-inner"));
                svg.Element("rect", ("class", "ork-level"), ("x", left + level.X), ("y", top + level.Y), ("width", level.OuterWidth), ("height", level.OuterHeight), ("rx", 6));
                Level(level, left + level.X + (level.OuterWidth - level.Width) / 2, top + level.Y + DrawnLevel.Padding);
                svg.End("g");
            }
        }

        void Outline(DrawnState state, double left, double top)
        {
            if (state.Kind != BoxKind.Choice)
            {
                var round = state.Kind is BoxKind.Succeed or BoxKind.Fail ? Math.Min(state.Height / 2, 22) : 7;
                svg.Element("rect", ("class", "ork-box"), ("x", left), ("y", top), ("width", state.Width), ("height", state.Height), ("rx", round));
                return;
            }

            // A Choice is told from the others by its corners, too.
            const double Cut = 12;
            var (right, bottom, middle) = (left + state.Width, top + state.Height, top + state.Height / 2);
            svg.Element("path", ("class", "ork-box"), ("d", SvgWriter.Polygon((left, middle), (left + Cut, top), (right - Cut, top), (right, middle), (right - Cut, bottom), (left + Cut, bottom))));
        }

        void Header(DrawnState state, double left, double top, SvgStateMark? mark)
        {
            var height = GraphDrawing.HeaderHeight(state.Lines);
            svg.Icon("ork-icon", StateIcons.Of(state.Kind), left + GraphDrawing.Side, top + height / 2 - 8);
            var text = left + GraphDrawing.Side + GraphDrawing.IconRoom;
            var y = top + GraphDrawing.HeaderPadding + 12;
            foreach (var line in state.Lines)
            {
                svg.Text(text, y, "ork-name", line, null);
                y += GraphDrawing.NameLine;
            }

            if (state.Detail is { } detail) svg.Text(text, y - 2, "ork-detail", detail, null);
            if (mark is null) return;
            if (StateIcons.OfStatus(mark.Status) is { } icon) svg.Icon("ork-status", icon, left + state.Width - 26, top + height / 2 - 8);
            if (mark.Badge is not { } badge) return;
            var width = TextMetrics.WidthOf(badge, GraphDrawing.SmallSize) + 12;
            svg.Begin("g", ("class", "ork-badge"));
            svg.Element("rect", ("x", left + state.Width - width + 6), ("y", top - 9), ("width", width), ("height", 18), ("rx", 9));
            svg.Text(left + state.Width - width / 2 + 6, top + 4, "ork-count", badge, "middle");
            svg.End("g");
        }

        void Way(DrawnWay way, double x, double y)
        {
            var taken = options.IsTaken?.Invoke(way.Source.Name, way.Target.Kind == BoxKind.End ? null : way.Target.Name, way.Kind) == true;
            var kind = way.Kind.ToString().ToLowerInvariant();
            svg.Begin("g", ("class", taken ? $"ork-way ork-{kind} is-taken" : $"ork-way ork-{kind}"));
            var path = new StringBuilder();
            for (var i = 0; i < way.Path.Count; i++) SvgWriter.Append(path, way.Path[i], x, y, isFirst: i == 0);
            svg.Element("path", ("class", "ork-line"), ("d", path.ToString()));
            var tip = way.Path[^1].To;
            svg.Element("path", ("class", "ork-tip"), ("d", SvgWriter.Polygon((x + tip.X, y + tip.Y), (x + tip.X - 4, y + tip.Y - 7), (x + tip.X + 4, y + tip.Y - 7))));
            svg.End("g");
        }

        void Label(DrawnWay way, double x, double y)
        {
            var label = way.Label!;
            svg.Begin("g", ("class", $"ork-label ork-{way.Kind.ToString().ToLowerInvariant()}"));
            svg.Title(way.FullLabel);
            svg.Element("rect", ("x", x + label.Left), ("y", y + label.Y), ("width", label.Width), ("height", label.Height), ("rx", 4));
            for (var i = 0; i < way.Lines.Length; i++) svg.Text(x + label.X, y + label.Y + 13 + i * GraphDrawing.SmallLine, "ork-text", way.Lines[i], "middle");
            svg.End("g");
        }
    }
}
