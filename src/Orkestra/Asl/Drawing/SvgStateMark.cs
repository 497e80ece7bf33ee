namespace Orkestra.Asl.Drawing;

/// <summary>How a state stands in an execution, for a drawing. Immutable.</summary>
/// <param name="Status">
/// A word for the style: <c>succeeded</c>, <c>failed</c>, <c>caught</c>, <c>running</c>, <c>waiting</c>, <c>timedout</c>, <c>aborted</c> or <c>none</c>. The box gets the class <c>is-</c> and this word.
/// </param>
/// <param name="Text">The status for people; it becomes part of the box's title.</param>
/// <param name="Badge">A text at the corner of the box, such as how often the state was visited; null for none.</param>
public sealed record SvgStateMark(string Status, string Text, string? Badge)
{
    /// <summary>
    /// The picture of a status as the path of an SVG element, lines in a square of 16 pixels; null for a word without one. Each status has a shape of its own, so that no one needs to tell colors apart.
    /// </summary>
    /// <param name="status">The word, as in <see cref="Status"/>.</param>
    public static string? IconOf(string status) => StateIcons.OfStatus(status);
}
