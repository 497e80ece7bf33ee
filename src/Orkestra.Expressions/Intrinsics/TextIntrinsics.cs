using System.Runtime.CompilerServices;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>The functions for strings.</summary>
internal static class TextIntrinsics
{
    /// <summary>Cuts at every character of the second argument, and drops empty pieces.</summary>
    internal static JsonValue StringSplit(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var text = Arguments.Text(arguments, 0);
        var separators = Arguments.Text(arguments, 1).EnumerateRunes().ToHashSet();
        var pieces = new List<JsonValue>();
        int start = 0, at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (separators.Contains(rune))
            {
                if (at > start) pieces.Add(text[start..at]);
                start = at + rune.Utf16SequenceLength;
            }

            at += rune.Utf16SequenceLength;
        }

        if (text.Length > start) pieces.Add(text[start..]);
        return JsonArray.Create(pieces);
    }

    /// <summary>Replaces each <c>{}</c> by the next argument; <c>\{</c>, <c>\}</c>, <c>\'</c> and <c>\\</c> stand for the character itself.</summary>
    internal static JsonValue Format(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var template = Arguments.Text(arguments, 0);
        var output = new StringBuilder(template.Length + 16);
        var next = 1;
        for (var i = 0; i < template.Length; i++)
        {
            var c = template[i];
            if (c == '\\' && i + 1 < template.Length && template[i + 1] is '{' or '}' or '\'' or '\\') output.Append(template[++i]);
            else if (c == '{') i = Replace(output, template, i, arguments, ref next);
            else if (c == '}') throw new IntrinsicFault("matching '{' not found for '}'");
            else output.Append(c);
        }

        if (next != arguments.Length) throw new IntrinsicFault("The number of arguments does not match the occurrences of {} in the template");
        return output.ToString();
    }

    static int Replace(StringBuilder output, string template, int at, ReadOnlySpan<JsonValue> arguments, ref int next)
    {
        if (at + 1 >= template.Length || template[at + 1] != '}') throw new IntrinsicFault("matching '}' not found for '{'");
        if (next >= arguments.Length) throw new IntrinsicFault("The number of arguments does not match the occurrences of {} in the template");
        Append(output, arguments[next++]);
        return at + 1;
    }

    static void AppendOnDeepStack(StringBuilder output, JsonValue value) => DeepStack.Run(() =>
    {
        Append(output, value);
        return true;
    });

    /// <summary>Objects and arrays are written as Java prints its collections, which is what Step Functions shows.</summary>
    static void Append(StringBuilder output, JsonValue value)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            AppendOnDeepStack(output, value);
            return;
        }

        switch (value)
        {
            case JsonString text: output.Append(text.Value); break;
            case JsonArray array:
                output.Append('[');
                for (var i = 0; i < array.Count; i++)
                {
                    if (i > 0) output.Append(", ");
                    Append(output, array.Span[i]);
                }

                output.Append(']');
                break;
            case JsonObject members:
                output.Append('{');
                for (var i = 0; i < members.Count; i++)
                {
                    if (i > 0) output.Append(", ");
                    output.Append(members.Names[i]).Append('=');
                    Append(output, members.Values[i]);
                }

                output.Append('}');
                break;
            case JsonNumber number: output.Append(number.Text); break;
            case JsonBoolean boolean: output.Append(boolean.Value ? "true" : "false"); break;
            default: output.Append("null"); break;
        }
    }
}
