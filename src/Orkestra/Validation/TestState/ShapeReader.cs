using System.Globalization;

namespace Orkestra.Validation.TestState;

/// <summary>
/// Reads the short notation of result shapes: <c>Name:type</c> for each field, <c>!</c> behind a required one. Types are <c>s</c> string, <c>b</c> blob,
/// <c>t</c> timestamp, <c>n</c> number, <c>f</c> flag, <c>*</c> anything, <c>e(A|B)</c> one of some words, <c>[type]</c> list, <c>&lt;type&gt;</c> map,
/// <c>{fields}</c> structure; <c>s(1..9)</c> and <c>n(1..9)</c> have limits.
/// </summary>
internal sealed class ShapeReader
{
    readonly string text;
    int at;

    ShapeReader(string text) => this.text = text;

    internal static ResultShape Read(string text) => new ShapeReader(text).Fields('\0');

    StructureShape Fields(char close)
    {
        var fields = new List<(string, ResultShape, bool)>();
        while (true)
        {
            SkipSpace();
            if (at == text.Length || text[at] == close)
            {
                at++;
                return new StructureShape([.. fields]);
            }

            var name = Until(':');
            var shape = Type();
            var required = at < text.Length && text[at] == '!';
            if (required) at++;
            fields.Add((name, shape, required));
        }
    }

    ResultShape Type()
    {
        switch (text[at++])
        {
            case '*': return new AnyShape();
            case 'f': return new FlagShape();
            case 't': return new TextShape(0, long.MaxValue, null);
            case 'e': return new TextShape(0, long.MaxValue, Parentheses()!.Split('|'));
            case 's' or 'b':
                var (shortest, longest) = Limits();
                return new TextShape((long)Math.Max(0, shortest), longest > long.MaxValue ? long.MaxValue : (long)longest, null);
            case 'n':
                var (least, most) = Limits();
                return new NumberShape(least, most);
            case '{': return Fields('}');
            case '[': return new ListShape(Inner());
            case '<': return new MapShape(Inner());
            default: throw new FormatException($"Not a type at {at - 1}: {text}");
        }
    }

    ResultShape Inner()
    {
        var inner = Type();
        at++;
        return inner;
    }

    (double Least, double Most) Limits()
    {
        if (Parentheses() is not { } limits) return (double.MinValue, double.MaxValue);
        var dots = limits.IndexOf("..", StringComparison.Ordinal);
        return (Number(limits[..dots], double.MinValue), Number(limits[(dots + 2)..], double.MaxValue));
    }

    static double Number(string digits, double otherwise) => digits.Length == 0 ? otherwise : double.Parse(digits, CultureInfo.InvariantCulture);

    string? Parentheses()
    {
        if (at == text.Length || text[at] != '(') return null;
        at++;
        return Until(')');
    }

    string Until(char end)
    {
        var start = at;
        at = text.IndexOf(end, at);
        return text[start..at++];
    }

    void SkipSpace()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }
}
