using System.Globalization;
using System.Net;
using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;
using Spectre.Console.Testing;

namespace Orkestra.CommandLine.Tests.Progress;

/// <summary>What a terminal shows, as an SVG image in light and dark.</summary>
internal static class TerminalPicture
{
    const int CharacterWidth = 8;
    const int LineHeight = 18;
    const int Margin = 16;

    // The colors that the tool uses, by the class they have in the image.
    static readonly (Color Color, string Name, string Light, string Dark)[] Colors =
    [
        (Color.Green, "green", "#1a7f37", "#3fb950"),
        (Color.Yellow, "yellow", "#9a6700", "#d29922"),
        (Color.Red, "red", "#cf222e", "#f85149"),
        (Color.Blue, "blue", "#0969da", "#58a6ff"),
        (Color.Grey, "grey", "#57606a", "#8b949e"),
    ];

    /// <summary>Draws something below the command that shows it.</summary>
    internal static string Of(string command, IRenderable shown, string title)
    {
        using var console = new TestConsole();
        console.Profile.Width = 100;
        var lines = Segment.SplitLines(shown.GetSegments(console));
        var columns = Math.Max(command.Length, lines.Max(line => line.Sum(segment => segment.Text.Length)));
        var (width, height) = ((columns * CharacterWidth) + (2 * Margin), ((lines.Count + 1) * LineHeight) + (2 * Margin));
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(title)}</title>\n<style>\n");
        svg.Append("rect { fill: #f6f8fa; stroke: #d0d7de } text { fill: #1f2328; font: 13px ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre } .bold { font-weight: bold }\n");
        foreach (var color in Colors) svg.Append(CultureInfo.InvariantCulture, $".{color.Name} {{ fill: {color.Light} }}\n");
        svg.Append("@media (prefers-color-scheme: dark) {\nrect { fill: #161b22; stroke: #30363d } text { fill: #e6edf3 }\n");
        foreach (var color in Colors) svg.Append(CultureInfo.InvariantCulture, $".{color.Name} {{ fill: {color.Dark} }}\n");
        svg.Append("}\n</style>\n<rect x=\"0.5\" y=\"0.5\" rx=\"8\" ");
        svg.Append(CultureInfo.InvariantCulture, $"width=\"{width - 1}\" height=\"{height - 1}\"/>\n");
        Line(svg, 0, [new Segment(command, new Style(Color.Grey))]);
        for (var i = 0; i < lines.Count; i++) Line(svg, i + 1, lines[i]);
        return svg.Append("</svg>\n").ToString();
    }

    // Each part has its place, so that a font of another width does not move the following ones.
    static void Line(StringBuilder svg, int number, IEnumerable<Segment> parts)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<text y=\"{Margin + (number * LineHeight) + 13}\">");
        var column = 0;
        foreach (var part in parts)
        {
            if (part.Text.Trim().Length > 0)
            {
                var style = string.Join(' ', Colors.Where(color => color.Color == part.Style.Foreground).Select(color => color.Name).Concat(part.Style.Decoration.HasFlag(Decoration.Bold) ? ["bold"] : Array.Empty<string>()));
                svg.Append(CultureInfo.InvariantCulture, $"<tspan x=\"{Margin + (column * CharacterWidth)}\"{(style.Length > 0 ? $" class=\"{style}\"" : "")}>{WebUtility.HtmlEncode(part.Text)}</tspan>");
            }

            column += part.Text.Length;
        }

        svg.Append("</text>\n");
    }
}
