namespace Orkestra.Asl.Drawing;

/// <summary>What a drawing shows beside the document (<see cref="SvgGraph.Write(StateMachine, SvgGraphOptions)"/>). The functions are called while it is written, on the caller's thread. Immutable.</summary>
public sealed record SvgGraphOptions
{
    /// <summary>Whether the image brings its style, which is the default. Without it the elements have their classes only, for a page that has <see cref="SvgGraph.Style"/> in a style sheet.</summary>
    public bool HasStyle { get; init; } = true;

    /// <summary>The mark of the state with a name; null for a state without one. Null (the default) draws the document alone.</summary>
    public Func<string, SvgStateMark?>? MarkState { get; init; }

    /// <summary>
    /// Whether an execution took the transition from a state to the next one, which is null for the end of the level. The transition into a level comes from <c>Start</c>. Null (the default) highlights none.
    /// </summary>
    public Func<string, string?, TransitionKind, bool>? IsTaken { get; init; }

    /// <summary>The address that a state links to; null (the default) for no links.</summary>
    public Func<string, string>? LinkOf { get; init; }

    /// <summary>The name of the state that is highlighted; null (the default) for none.</summary>
    public string? Selected { get; init; }
}
