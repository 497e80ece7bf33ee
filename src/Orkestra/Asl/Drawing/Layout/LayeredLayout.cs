namespace Orkestra.Asl.Drawing.Layout;

/// <summary>
/// Places the boxes of one level in layers, so that ways lead down, and draws the ways between them (the method of Sugiyama, Tagawa and Toda, 1981). A label is a box of its
/// own in the layer below the one it leaves, and a way through a layer has a place in it: nothing overlaps by construction. The same graph always gives the same drawing.
/// </summary>
internal static class LayeredLayout
{
    /// <summary>The least gap between two layers.</summary>
    internal const double LayerGap = 34;

    const double LabelGap = 14;

    /// <summary>Places the boxes.</summary>
    /// <param name="nodes">The boxes; the first one is where to begin.</param>
    /// <param name="edges">The ways between them.</param>
    /// <returns>The width and the height of the level.</returns>
    internal static (double Width, double Height) Arrange(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges)
    {
        if (nodes.Count == 0) return (0, 0);
        LayerAssignment.Assign(nodes, edges);
        var layers = Layers(nodes, edges);
        LayerOrdering.Order(layers);
        HorizontalPlacement.Place(layers);
        var tops = PlaceVertically(layers);
        EdgeRouting.Route(nodes, edges, tops);
        return Frame(layers, edges);
    }

    // A label may be longer than what it belongs to is wide, and a way may turn outside of all boxes.
    static (double Width, double Height) Frame(LayoutNode[][] layers, IReadOnlyList<LayoutEdge> edges)
    {
        var (left, right, bottom) = (double.MaxValue, double.MinValue, 0.0);
        foreach (var node in layers.SelectMany(layer => layer))
        {
            if (node is BendNode { IsTurn: true }) continue;
            left = Math.Min(left, node.Left);
            right = Math.Max(right, node.Right);
            bottom = Math.Max(bottom, node.Bottom);
        }

        foreach (var piece in edges.SelectMany(edge => edge.Path))
        {
            foreach (var point in (ReadOnlySpan<Point>)[piece.From, piece.At(0.25), piece.At(0.5), piece.At(0.75), piece.To])
            {
                left = Math.Min(left, point.X);
                right = Math.Max(right, point.X);
                bottom = Math.Max(bottom, point.Y);
            }
        }

        foreach (var node in layers.SelectMany(layer => layer)) node.X -= left;
        foreach (var edge in edges)
        {
            for (var i = 0; i < edge.Path.Count; i++) edge.Path[i] = Moved(edge.Path[i], -left);
        }

        return (right - left, bottom);
    }

    static PathPiece Moved(PathPiece piece, double by)
    {
        return new PathPiece(Move(piece.From), piece.FirstControl is { } a ? Move(a) : null, piece.SecondControl is { } b ? Move(b) : null, Move(piece.To));

        Point Move(Point point) => point with { X = point.X + by };
    }

    static LayoutNode[][] Layers(IReadOnlyList<LayoutNode> nodes, IReadOnlyList<LayoutEdge> edges)
    {
        var all = new List<LayoutNode>(nodes);
        foreach (var edge in edges) (edge.IsBack ? (Action<List<LayoutNode>, LayoutEdge>)AddWayBack : AddWay)(all, edge);
        var first = all.Min(node => node.Layer);
        foreach (var node in all) node.Layer -= first;
        return
        [
            .. Enumerable.Range(0, all.Max(node => node.Layer) + 1).Select(layer => all.Where(node => node.Layer == layer).ToArray()),
        ];
    }

    static void AddWay(List<LayoutNode> all, LayoutEdge edge)
    {
        LayoutNode last = edge.From;
        for (var layer = edge.From.Layer + 1; layer < edge.To.Layer; layer++)
        {
            var bend = NewBend(all, layer, edge, isLabel: edge.HasLabel && edge.Label is null);
            last.Connect(bend, edge.Weight);
            last = bend;
        }

        last.Connect(edge.To, edge.Weight);
    }

    // Down from the box, around, up beside the boxes, around, and down into the other box.
    static void AddWayBack(List<LayoutNode> all, LayoutEdge edge)
    {
        edge.LowerTurn = new BendNode(0, 0, isTurn: true) { Layer = edge.From.Layer + 1 };
        all.Add(edge.LowerTurn);
        edge.From.Connect(edge.LowerTurn, edge.Weight);
        LayoutNode last = edge.LowerTurn;
        for (var layer = edge.From.Layer; layer >= edge.To.Layer; layer--)
        {
            var bend = NewBend(all, layer, edge, isLabel: edge.HasLabel && edge.Label is null);
            bend.Connect(last, edge.Weight);
            last = bend;
        }

        edge.UpperTurn = new BendNode(0, 0, isTurn: true) { Layer = edge.To.Layer - 1 };
        all.Add(edge.UpperTurn);
        edge.UpperTurn.Connect(last, edge.Weight);
        edge.UpperTurn.Connect(edge.To, edge.Weight);
    }

    static BendNode NewBend(List<LayoutNode> all, int layer, LayoutEdge edge, bool isLabel)
    {
        var bend = new BendNode(isLabel ? edge.LabelWidth : 0, isLabel ? edge.LabelHeight : 0, isTurn: false) { Layer = layer };
        if (isLabel) edge.Label = bend;
        edge.Bends.Add(bend);
        all.Add(bend);
        return bend;
    }

    static (double Top, double Bottom)[] PlaceVertically(LayoutNode[][] layers)
    {
        var bands = new (double Top, double Bottom)[layers.Length];
        var y = 0.0;
        for (var i = 0; i < layers.Length; i++)
        {
            var height = layers[i].Max(node => node.Height);
            foreach (var node in layers[i]) node.Y = y + Math.Min((height - node.Height) / 2, MaxDrop);
            bands[i] = (y, y + height);
            y += height;
            if (i + 1 < layers.Length) y += GapAfter(layers[i], layers[i + 1]);
        }

        return bands;
    }

    // Beside a tall box small ones stand near its top.
    const double MaxDrop = 26;

    static double GapAfter(LayoutNode[] upper, LayoutNode[] lower)
    {
        // Wide ways need room to be told apart.
        var widest = upper.SelectMany(node => node.Below.Select(below => Math.Abs(node.X - below.X))).DefaultIfEmpty().Max();
        var room = Math.Min(widest * 0.06, 44);
        return IsBetween(upper) || IsBetween(lower) ? LabelGap + room / 2 : LayerGap + room;
    }

    static bool IsBetween(LayoutNode[] layer) => layer.All(node => node is BendNode);
}
