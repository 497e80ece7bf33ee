using System.Globalization;
using System.Text;
using Orkestra.Asl.Drawing.Layout;

namespace Orkestra.Asl.Drawing;

/// <summary>Writes an SVG image. Text can be anything: what XML does not allow is replaced.</summary>
internal sealed class SvgWriter(SvgGraphOptions options)
{
    readonly StringBuilder text = new();

    internal void Open(double width, double height, string title)
    {
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ork-graph\" role=\"{(options.LinkOf is null ? "img" : "group")}\" width=\"{Number(width)}\" height=\"{Number(height)}\" viewBox=\"0 0 {Number(width)} {Number(height)}\">");
        Title(title);
        if (options.HasStyle) text.Append("<style>").Append(SvgStyle.Text).Append("</style>");
        if (options.HasStyle) Element("rect", ("class", "ork-canvas"), ("width", width), ("height", height));
        text.Append('\n');
    }

    internal string Close() => text.Append("</svg>\n").ToString();

    internal void Begin(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        text.Append('<').Append(name);
        Attributes(attributes);
        text.Append('>');
    }

    internal void End(string name)
    {
        text.Append("</").Append(name).Append('>');
        if (name == "g") text.Append('\n');
    }

    internal void Element(string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        text.Append('<').Append(name);
        Attributes(attributes);
        text.Append("/>");
    }

    internal void Title(string title)
    {
        text.Append("<title>");
        Escaped(title);
        text.Append("</title>");
    }

    internal void Text(double x, double y, string style, string content, string? anchor)
    {
        if (anchor is null) Begin("text", ("class", style), ("x", x), ("y", y));
        else Begin("text", ("class", style), ("x", x), ("y", y), ("text-anchor", anchor));
        Escaped(content);
        End("text");
    }

    internal void Icon(string style, string path, double x, double y) =>
        Element("path", ("class", style), ("transform", $"translate({Number(x)} {Number(y)})"), ("d", path));

    internal static string Polygon(params ReadOnlySpan<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points) path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));
        return path.Append('z').ToString();
    }

    internal static void Append(StringBuilder path, PathPiece piece, double x, double y, bool isFirst)
    {
        if (isFirst) Move('M', piece.From);
        if (piece.FirstControl is { } first && piece.SecondControl is { } second)
        {
            Move('C', first);
            Move(' ', second);
            Move(' ', piece.To);
        }
        else
        {
            Move('L', piece.To);
        }

        void Move(char letter, Point point) => path.Append(letter).Append(Number(x + point.X)).Append(' ').Append(Number(y + point.Y));
    }

    void Attributes(ReadOnlySpan<(string Name, object Value)> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            text.Append(' ').Append(name).Append("=\"");
            if (value is string content) Escaped(content);
            else text.Append(Number(Convert.ToDouble(value, CultureInfo.InvariantCulture)));
            text.Append('"');
        }
    }

    void Escaped(string content)
    {
        foreach (var rune in content.EnumerateRunes())
        {
            text.Append(rune.Value switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                '"' => "&quot;",
                '\t' or '\n' or '\r' => " ",
                < ' ' or 0x7F or 0xFFFE or 0xFFFF => "�",
                _ => rune.ToString(),
            });
        }
    }

    static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);
}
