using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;

using Orkestra.Expressions.Jsonata.Service;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>Values as text, as <c>$string</c> and <c>&amp;</c> write them: numbers with at most 15 digits, functions as empty strings.</summary>
internal static class JsonText
{
    const int Digits = 15;

    /// <summary>The text of a value; a string is its own text.</summary>
    internal static string Of(Run run, JsonValue value, bool indented = false)
    {
        switch (value)
        {
            case JsonString text: return text.Value;
            case JsonNumber number: return Number(run, number);
            case JsonBoolean boolean: return boolean.Value ? "true" : "false";
            case JsonNull: return "null";
            case FunctionValue: return "";
        }

        if (value is Sequence { OuterWrapper: true } wrapper) return wrapper.Items[0] is { } inner ? Of(run, inner, indented) : "";
        var output = new StringBuilder();
        Write(run, output, value, indented, 0);
        run.ChargeText(output.Length);
        return output.ToString();
    }

    static string Number(Run run, JsonNumber number)
    {
        if (!double.IsFinite(number.Value)) throw new JsonataException("D3001");
        if (run.Dialect == JsonataDialect.StepFunctions) return JavaNumbers.ToText(number);
        return JsonNumber.Format(Rounded(number.Value));
    }

    static double Rounded(double value)
    {
        if (value == Math.Floor(value)) return value;
        Span<char> shortest = stackalloc char[32];
        value.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture);
        // The digits, the sign and the point make at most 15 digits here; nothing is lost by keeping them.
        if (length <= Digits + 1) return value;
        value.TryFormat(shortest, out length, "E14", CultureInfo.InvariantCulture);
        return double.Parse(shortest[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    static void Write(Run run, StringBuilder output, JsonValue? value, bool indented, int depth)
    {
        run.Step();
        run.CheckText(output.Length);
        switch (value)
        {
            case JsonString text:
                run.StepText(text.Value.Length);
                run.CheckText(output.Length + text.Value.Length);
                WriteString(output, text.Value, run.Dialect);
                break;
            case JsonNumber number:
                ValueOps.Finite(number.Value);
                output.Append(run.Dialect == JsonataDialect.StepFunctions ? JavaNumbers.ToText(number) : JsonNumber.Format(Rounded(number.Value)));
                break;
            case JsonBoolean boolean: output.Append(boolean.Value ? "true" : "false"); break;
            case FunctionValue: output.Append("\"\""); break;
            case JsonArray or Sequence: WriteArray(run, output, value, indented, depth + 1); break;
            case JsonObject members: WriteObject(run, output, members, indented, depth + 1); break;
            default: output.Append("null"); break;
        }
    }

    static void WriteArray(Run run, StringBuilder output, JsonValue array, bool indented, int depth)
    {
        run.Enter();
        var items = ValueOps.Items(array);
        output.Append('[');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) output.Append(',');
            NewLine(output, indented, depth);
            Write(run, output, items[i], indented, depth);
        }

        run.Leave();
        if (items.Length > 0) NewLine(output, indented, depth - 1);
        output.Append(']');
    }

    static void WriteObject(Run run, StringBuilder output, JsonObject members, bool indented, int depth)
    {
        run.Enter();
        output.Append('{');
        for (var i = 0; i < members.Count; i++)
        {
            if (i > 0) output.Append(',');
            NewLine(output, indented, depth);
            WriteString(output, members.Shape[i], run.Dialect);
            output.Append(indented ? ": " : ":");
            Write(run, output, members.Values[i], indented, depth);
        }

        run.Leave();
        if (members.Count > 0) NewLine(output, indented, depth - 1);
        output.Append('}');
    }

    static void NewLine(StringBuilder output, bool indented, int depth)
    {
        if (indented) output.Append('\n').Append(' ', depth * 2);
    }

    static void WriteString(StringBuilder output, string text, JsonataDialect dialect)
    {
        output.Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '"': output.Append("\\\""); break;
                case '\\': output.Append(@"\\"); break;
                case '\b': output.Append("\\b"); break;
                case '\f': output.Append("\\f"); break;
                case '\n': output.Append("\\n"); break;
                case '\r': output.Append("\\r"); break;
                case '\t': output.Append("\\t"); break;
                case < ' ' when dialect == JsonataDialect.Standard: output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"); break;
                default:
                    if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) output.Append(c).Append(text[++i]);
                    else if (char.IsSurrogate(c) && dialect == JsonataDialect.Standard) output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
                    else output.Append(c);
                    break;
            }
        }

        output.Append('"');
    }
}
