using System.Globalization;
using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Format strings: interpolated texts and <c>ToString("F2")</c>.</summary>
internal static class FormatStrings
{
    /// <summary>The pieces of a <c>string.Format</c>, which is what an interpolated string is in an expression tree.</summary>
    public static void Collect(Lowerer lowerer, MethodCallExpression call, List<JsonataFragment> pieces)
    {
        var arguments = call.Arguments.ToList();
        if (typeof(IFormatProvider).IsAssignableFrom(arguments[0].Type)) arguments.RemoveAt(0);
        if (!Constants.TryEvaluate(arguments[0], out var format) || format is not string text) throw Refusal.Of(call, "its format is not known beforehand");
        var values = arguments.Count == 2 && arguments[1] is NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array ? array.Expressions : arguments.Skip(1).ToList() as IReadOnlyList<Expression>;
        var literal = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '{' or '}' && i + 1 < text.Length && text[i + 1] == c)
            {
                literal.Append(c);
                i++;
            }
            else if (c == '{')
            {
                if (literal.Length > 0) pieces.Add(Syntax.Text(literal.ToString()));
                literal.Clear();
                var end = text.IndexOf('}', i);
                if (end < 0) throw Refusal.Of(call, "its format is not well formed");
                pieces.Add(Hole(lowerer, call, text[(i + 1)..end], values));
                i = end;
            }
            else
            {
                literal.Append(c);
            }
        }

        if (literal.Length > 0) pieces.Add(Syntax.Text(literal.ToString()));
    }

    /// <summary>A number in a format of its own.</summary>
    public static JsonataFragment Formatted(Lowerer lowerer, Expression whole, Expression value, string format)
    {
        value = Lowerer.Stripped(value);
        var type = Types.Unwrap(value.Type);
        if ((type == typeof(Guid) && format is "D" or "d") || (type == typeof(TimeSpan) && format is "c")) return StringMethods.Of(lowerer, value);
        if (Slice(type, format) is var (from, length)) return StringMethods.OrEmpty(lowerer, lowerer.Operand(value), text => Syntax.Call("substring", text, Syntax.Number(from), Syntax.Number(length))).With(Traits.Text);
        if (!Types.IsNumber(type) || Picture(format, type) is not { } picture)
            throw Refusal.Of(whole, $"JSONata has no counterpart of the format '{format}' for {TypeName.Of(type)}", Types.IsNumber(type)
                ? "Use F, N, D with a number of digits, a pattern of 0, #, comma and point, or a Step."
                : Types.IsMoment(type) || type == typeof(DateOnly) ? "Use a part of 'yyyy-MM-ddTHH:mm:ss', such as 'yyyy-MM-dd', or a Step." : "Use a Step for it.");
        return StringMethods.OrEmpty(lowerer, lowerer.Operand(value), number => Syntax.Call("formatNumber", number, Syntax.Text(picture))).With(Traits.Text);
    }

    /// <summary>A format that is a piece of the text a date has in JSON.</summary>
    static (int From, int Length)? Slice(Type type, string format)
    {
        const string moment = "yyyy-MM-ddTHH:mm:ss";
        var first = type == typeof(TimeOnly) ? 11 : 0;
        var last = type == typeof(DateOnly) ? 10 : moment.Length;
        if (!Types.IsMoment(type) && type != typeof(DateOnly) && type != typeof(TimeOnly)) return null;
        var at = format.Length < 2 ? -1 : moment.IndexOf(format, StringComparison.Ordinal);
        var end = at + format.Length;
        var whole = at >= first && end <= last && char.IsLetter(format[0]) && format[0] != 'T' && char.IsLetter(format[^1]) && (end == moment.Length || moment[end] != moment[end - 1]);
        return whole && (at == 0 || moment[at - 1] != moment[at]) ? (at - first, format.Length) : null;
    }

    static JsonataFragment Hole(Lowerer lowerer, MethodCallExpression call, string hole, IReadOnlyList<Expression> values)
    {
        var colon = hole.IndexOf(':', StringComparison.Ordinal);
        var format = colon < 0 ? "" : hole[(colon + 1)..];
        var place = (colon < 0 ? hole : hole[..colon]).Split(',');
        if (!int.TryParse(place[0], NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= values.Count) throw Refusal.Of(call, "its format is not well formed");
        var piece = format.Length == 0 ? StringMethods.Piece(lowerer, values[index]) : Formatted(lowerer, call, values[index], format);
        if (place.Length == 1) return piece;
        var width = int.Parse(place[1], NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture);
        return Syntax.Call("pad", !piece.Has(Traits.Text) ? Syntax.Call("string", piece) : piece, Syntax.Number(-width));
    }

    static string? Picture(string format, Type type)
    {
        // The pictures of XPath share these characters with .NET.
        if (format.All(static c => c is '0' or '#' or ',' or '.') && format.Contains('0', StringComparison.Ordinal)) return IsGroupedByThousands(format) ? format : null;
        var digits = 2;
        if (format.Length > 1 && !int.TryParse(format.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out digits)) return null;
        if (digits > 15) return null;
        var fraction = digits == 0 ? "" : $".{new string('0', digits)}";
        return format[0] switch
        {
            'F' or 'f' => $"0{fraction}",
            'N' or 'n' => $"#,##0{fraction}",
            'D' or 'd' when Types.IsIntegral(type) => new string('0', format.Length > 1 ? Math.Max(digits, 1) : 1),
            _ => null,
        };
    }

    static bool IsGroupedByThousands(string picture) => !picture.Contains(',', StringComparison.Ordinal) || picture.Split('.')[0].EndsWith("#,##0", StringComparison.Ordinal);
}
