namespace Orkestra.Asl.Drawing.Layout;

/// <summary>
/// Draws ways: straight through the layers, where they have places of their own, and curved only between layers, where there are no boxes.
/// </summary>
internal static class EdgeRouting
{
    const double PortGap = 26;
    const double PortInset = 14;

    internal static void Route(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges, (double Top, double Bottom)[] bands)
    {
        var starts = new Dictionary<LayoutEdge, double>();
        var ends = new Dictionary<LayoutEdge, double>();
        var leaving = edges.ToLookup(edge => edge.From);
        var arriving = edges.ToLookup(edge => edge.To);
        foreach (var node in nodes)
        {
            Spread(node, leaving[node], edge => edge.IsBack || edge.Bends.Count > 0 ? edge.Bends[0].X : edge.To.X, starts);
            Spread(node, arriving[node], edge => edge.IsBack || edge.Bends.Count > 0 ? edge.Bends[^1].X : edge.From.X, ends);
        }

        foreach (var edge in edges)
        {
            var line = new Line(edge.Path, new Point(starts[edge], edge.From.Bottom));
            if (edge.IsBack) RouteBack(line, edge, ends[edge], bands);
            else RouteDown(line, edge, ends[edge], bands);
        }
    }

    // In the order of where they lead, so that they do not cross at the border.
    static void Spread(LayoutNode node, IEnumerable<LayoutEdge> edges, Func<LayoutEdge, double> towards, Dictionary<LayoutEdge, double> ports)
    {
        var ordered = edges.OrderBy(towards).ToArray();
        // One that leads straight on keeps the middle.
        var straight = Array.FindIndex(ordered, edge => Math.Abs(towards(edge) - node.X) < 1);
        var middle = straight >= 0 ? straight : (ordered.Length - 1) / 2.0;
        var widest = Math.Max(middle, ordered.Length - 1 - middle);
        var gap = widest == 0 ? 0 : Math.Min(PortGap, Math.Max(node.Width / 2 - PortInset, 0) / widest);
        for (var i = 0; i < ordered.Length; i++) ports[ordered[i]] = node.X + (i - middle) * gap;
    }

    static void RouteDown(Line line, LayoutEdge edge, double end, (double Top, double Bottom)[] bands)
    {
        line.Straight(bands[edge.From.Layer].Bottom);
        foreach (var bend in edge.Bends)
        {
            line.Bend(bend.X, bands[bend.Layer].Top);
            line.Straight(bands[bend.Layer].Bottom);
        }

        line.Bend(end, bands[edge.To.Layer].Top);
        line.Straight(edge.To.Y);
    }

    static void RouteBack(Line line, LayoutEdge edge, double end, (double Top, double Bottom)[] bands)
    {
        line.Straight(bands[edge.From.Layer].Bottom);
        var below = bands[edge.From.Layer + 1].Top - bands[edge.From.Layer].Bottom;
        line.Turn(edge.Bends[0].X, below * 0.9);
        foreach (var bend in edge.Bends)
        {
            if (bend.Layer != edge.From.Layer) line.Bend(bend.X, bands[bend.Layer].Bottom);
            line.Straight(bands[bend.Layer].Top);
        }

        var above = bands[edge.To.Layer].Top - bands[edge.To.Layer - 1].Bottom;
        line.Turn(end, -above * 0.9);
        line.Straight(edge.To.Y);
    }

    sealed class Line(List<PathPiece> pieces, Point at)
    {
        internal void Straight(double y)
        {
            if (Math.Abs(y - at.Y) > 0.01) Add(PathPiece.Line(at, at with { Y = y }));
        }

        internal void Bend(double x, double y)
        {
            if (Math.Abs(x - at.X) < 0.01)
            {
                Straight(y);
                return;
            }

            var middle = (at.Y + y) / 2;
            Add(PathPiece.Curve(at, at with { Y = middle }, new Point(x, middle), new Point(x, y)));
        }

        internal void Turn(double x, double depth) => Add(PathPiece.Curve(at, at with { Y = at.Y + depth }, new Point(x, at.Y + depth), at with { X = x }));

        void Add(PathPiece piece)
        {
            pieces.Add(piece);
            at = piece.To;
        }
    }
}
