namespace Orkestra.Asl.Drawing;

/// <summary>What a drawing shows beside the document (<see cref="SvgGraph.Write(StateMachine, SvgGraphOptions)"/>). The functions are called while it is written, on the caller's thread. Immutable.</summary>
public sealed record SvgGraphOptions
{
    /// <summary>Whether the image brings its style, which is the default. Without it the elements have their classes only, for a page that has <see cref="SvgGraph.Style"/> in a style sheet.</summary>
    public bool HasStyle { get; init; } = true;

    /// <summary>How the state with a name stands in an execution; null for a state without a mark. Without a function (null, the default) only the document is drawn.</summary>
    public Func<string, SvgStateMark?>? MarkState { get; init; }

    /// <summary>
    /// Whether an execution went from a state to another one, or to the end (null), in this way. A way from the beginning of a level comes from <c>Start</c>. No way stands out without a function, which is the default.
    /// </summary>
    public Func<string, string?, WayKind, bool>? IsTaken { get; init; }

    /// <summary>The address that a state links to; null (the default) for no links.</summary>
    public Func<string, string>? LinkOf { get; init; }

    /// <summary>The name of the state that stands out; null (the default) for none.</summary>
    public string? Selected { get; init; }
}
