using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary>A chain of <c>&amp;</c>: the texts of all parts, joined once.</summary>
internal sealed class ConcatenateNode(Node[] parts, int position) : Node
{
    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        var run = frame.Run;
        if (parts.Length == 2) return Join(run, Text(run, parts[0], input, frame), Text(run, parts[1], input, frame));
        if (parts.Length == 3) return Join(run, Text(run, parts[0], input, frame), Text(run, parts[1], input, frame), Text(run, parts[2], input, frame));
        var texts = new string[parts.Length];
        var length = 0L;
        for (var i = 0; i < parts.Length; i++) length += (texts[i] = Text(run, parts[i], input, frame)).Length;
        run.StepText((int)Math.Min(length, int.MaxValue));
        run.ChargeText(length);
        return JsonString.Create(string.Concat(texts));
    }

    static JsonString Join(Run run, string first, string second, string third = "")
    {
        var length = (long)first.Length + second.Length + third.Length;
        run.StepText((int)Math.Min(length, int.MaxValue));
        run.ChargeText(length);
        return JsonString.Create(third.Length == 0 ? string.Concat(first, second) : string.Concat(first, second, third));
    }

    string Text(Run run, Node part, JsonValue? input, VariableFrame frame)
    {
        var value = part.Evaluate(input, frame);
        try
        {
            return value switch
            {
                null => "",
                JsonString text => text.Value,
                _ => JsonText.Of(run, value),
            };
        }
        catch (JsonataException problem) when (problem.Complete(position, "&"))
        {
            throw;
        }
    }
}
