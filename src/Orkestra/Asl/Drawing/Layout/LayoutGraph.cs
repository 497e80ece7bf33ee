namespace Orkestra.Asl.Drawing.Layout;

/// <summary>A box of one level of a drawing: its size is given, and <see cref="LayeredLayout"/> finds its place.</summary>
/// <param name="width">The width in pixels.</param>
/// <param name="height">The height in pixels.</param>
internal class LayoutNode(double width, double height)
{
    internal double Width { get; } = width;

    internal double Height { get; } = height;

    /// <summary>The middle, from the left side of the level.</summary>
    internal double X { get; set; }

    /// <summary>The top, from the top of the level.</summary>
    internal double Y { get; set; }

    internal double Left => X - Width / 2;

    internal double Right => X + Width / 2;

    internal double Bottom => Y + Height;

    internal int Layer { get; set; }

    /// <summary>The place in its layer, from the left.</summary>
    internal int Order { get; set; }

    /// <summary>Ways to the layer above and below.</summary>
    internal List<LayoutNode> Above { get; } = [];

    internal List<LayoutNode> Below { get; } = [];

    /// <summary>Those of them that it is aligned with: the ways of the greatest weight.</summary>
    internal List<LayoutNode> AlignedAbove { get; } = [];

    internal List<LayoutNode> AlignedBelow { get; } = [];

    int weightAbove;
    int weightBelow;

    /// <summary>Adds a way to the next layer.</summary>
    internal void Connect(LayoutNode below, int weight)
    {
        Below.Add(below);
        below.Above.Add(this);
        Align(AlignedBelow, ref weightBelow, below, weight);
        Align(below.AlignedAbove, ref below.weightAbove, this, weight);
    }

    static void Align(List<LayoutNode> aligned, ref int known, LayoutNode with, int weight)
    {
        if (weight < known) return;
        if (weight > known) aligned.Clear();
        known = weight;
        aligned.Add(with);
    }
}

/// <summary>Where an edge crosses a layer without stopping, or turns.</summary>
internal sealed class BendNode(double width, double height, bool isTurn) : LayoutNode(width, height)
{
    /// <summary>Whether a way back turns here: nothing is drawn in this layer.</summary>
    internal bool IsTurn { get; } = isTurn;
}

/// <summary>A way from one box to another.</summary>
/// <param name="from">Where it leaves, at the lower border.</param>
/// <param name="to">Where it arrives, at the upper border.</param>
/// <param name="labelWidth">The width of its label; 0 for none.</param>
/// <param name="labelHeight">The height of its label.</param>
/// <param name="weight">Boxes are aligned along the ways of the greatest weight; at least 1.</param>
internal class LayoutEdge(LayoutNode from, LayoutNode to, double labelWidth, double labelHeight, int weight)
{
    internal int Weight => IsBack ? 0 : weight;

    internal LayoutNode From { get; } = from;

    internal LayoutNode To { get; } = to;

    internal double LabelWidth { get; } = labelWidth;

    internal double LabelHeight { get; } = labelHeight;

    internal bool HasLabel => LabelWidth > 0;

    /// <summary>Whether it leads back up, or to the box it leaves.</summary>
    internal bool IsBack { get; set; }

    /// <summary>The bends between both boxes, from <see cref="From"/> on.</summary>
    internal List<BendNode> Bends { get; } = [];

    /// <summary>The bend that has the label; null without a label.</summary>
    internal BendNode? Label { get; set; }

    /// <summary>The turns of a way back: below <see cref="From"/> and above <see cref="To"/>.</summary>
    internal BendNode? LowerTurn { get; set; }

    internal BendNode? UpperTurn { get; set; }

    /// <summary>The line: lines and cubic curves, from border to border.</summary>
    internal List<PathPiece> Path { get; } = [];
}

/// <summary>A point of a drawing, in pixels.</summary>
internal readonly record struct Point(double X, double Y);

/// <summary>A piece of a line: straight when it has no control points.</summary>
internal readonly record struct PathPiece(Point From, Point? FirstControl, Point? SecondControl, Point To)
{
    internal static PathPiece Line(Point from, Point to) => new(from, null, null, to);

    internal static PathPiece Curve(Point from, Point first, Point second, Point to) => new(from, first, second, to);

    /// <summary>The point at a part of the piece, from 0 to 1.</summary>
    internal Point At(double t)
    {
        var u = 1 - t;
        if (FirstControl is not { } a || SecondControl is not { } b) return new Point(u * From.X + t * To.X, u * From.Y + t * To.Y);
        return new Point(Cubic(From.X, a.X, b.X, To.X), Cubic(From.Y, a.Y, b.Y, To.Y));

        double Cubic(double p, double q, double r, double s) => u * u * u * p + 3 * u * u * t * q + 3 * u * t * t * r + t * t * t * s;
    }
}
