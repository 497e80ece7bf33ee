namespace Orkestra.Asl.Drawing;

/// <summary>What an image shows beside the document.</summary>
internal sealed record SvgGraphOptions
{
    /// <summary>Whether the image brings its style. A page has it in its own style sheet (<see cref="SvgStyle.Text"/>).</summary>
    internal bool HasStyle { get; init; } = true;

    /// <summary>How the states stand in an execution; null draws only the document.</summary>
    internal Func<string, SvgStateMark?>? MarkState { get; init; }

    /// <summary>Whether an execution went from a state to another one, or to the end (null).</summary>
    internal Func<string, string?, WayKind, bool>? IsTaken { get; init; }

    /// <summary>Where a state links to; null for no links.</summary>
    internal Func<string, string>? LinkOf { get; init; }

    /// <summary>The state to stand out; null for none.</summary>
    internal string? Selected { get; init; }
}

/// <summary>How a state stands.</summary>
/// <param name="Status">A word for the style, such as <c>failed</c>.</param>
/// <param name="Text">The status for people.</param>
/// <param name="Badge">A count; null for none.</param>
internal sealed record SvgStateMark(string Status, string Text, string? Badge);
