using Orkestra.Asl.Drawing.Layout;

namespace Orkestra.Asl.Drawing;

/// <summary>What a box is.</summary>
internal enum BoxKind
{
    Start,
    End,
    Task,
    Pass,
    Choice,
    Wait,
    Succeed,
    Fail,
    Parallel,
    Map,
    Unknown,
    Missing,
}

/// <summary>A box of a drawing: a state, or a mark for the start or the end.</summary>
/// <param name="kind">What it is.</param>
/// <param name="name">The name of the state.</param>
/// <param name="lines">The name in lines.</param>
/// <param name="detail">A line in small letters; null for none.</param>
/// <param name="levels">The levels inside, placed in the box.</param>
/// <param name="width">The width.</param>
/// <param name="height">The height.</param>
internal sealed class DrawnState(BoxKind kind, string name, string[] lines, string? detail, IReadOnlyList<DrawnLevel> levels, double width, double height) : LayoutNode(width, height)
{
    internal BoxKind Kind { get; } = kind;

    internal string Name { get; } = name;

    internal string[] Lines { get; } = lines;

    internal string? Detail { get; } = detail;

    internal IReadOnlyList<DrawnLevel> Levels { get; } = levels;
}

/// <summary>A way of a drawing.</summary>
internal sealed class DrawnWay(DrawnState from, DrawnState to, TransitionKind kind, string[] lines, string label, double labelWidth, double labelHeight)
    : LayoutEdge(from, to, labelWidth, labelHeight, kind == TransitionKind.Catch ? 1 : 2)
{
    internal TransitionKind Kind { get; } = kind;

    /// <summary>The label in lines, and all of it.</summary>
    internal string[] Lines { get; } = lines;

    internal string FullLabel { get; } = label;

    internal DrawnState Source => (DrawnState)From;

    internal DrawnState Target => (DrawnState)To;
}

/// <summary>States that refer to each other, placed.</summary>
internal sealed class DrawnLevel(string? title, IReadOnlyList<DrawnState> states, IReadOnlyList<DrawnWay> ways, double width, double height)
{
    /// <summary>The space around the boxes of a level that is inside a state.</summary>
    internal const double Padding = 16;

    internal const double TitleHeight = 14;

    internal string? Title { get; } = title;

    internal IReadOnlyList<DrawnState> States { get; } = states;

    internal IReadOnlyList<DrawnWay> Ways { get; } = ways;

    /// <summary>The size of the boxes and ways, without padding and title.</summary>
    internal double Width { get; } = width;

    internal double Height { get; } = height;

    internal double OuterWidth => Math.Max(Width, Title is null ? 0 : TextMetrics.WidthOf(Title, GraphDrawing.SmallSize)) + 2 * Padding;

    internal double OuterHeight => Height + 2 * Padding + (Title is null ? 0 : TitleHeight);

    /// <summary>Where it stands in its box.</summary>
    internal double X { get; set; }

    internal double Y { get; set; }
}
