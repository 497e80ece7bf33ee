using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Construction;

/// <summary>An object constructor whose keys are different literals: no items need be gathered unless the context is an array.</summary>
internal sealed class ObjectNode(string[] keys, Node[] values, GroupNode general) : Node
{
    readonly JsonShape shape = JsonShape.Wrap(keys);
    readonly JsonShape[] first = [.. keys.Select(key => JsonShape.Wrap([key]))];

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        if (ValueOps.IsArray(input) && !(ValueOps.Items(input) is [var single] && !ValueOps.IsArray(single))) return general.Evaluate(input, frame);
        if (ValueOps.IsArray(input)) input = ValueOps.Items(input)[0];
        var run = frame.Run;
        run.Step(values.Length);
        var start = run.Top;
        var missing = 0;
        foreach (var node in values)
        {
            var value = node.Evaluate(input, frame);
            if (value is null) missing++;
            run.Push(value);
        }

        var made = run.Stack.AsSpan(start, values.Length);
        run.Top = start;
        run.Charge(48 + (values.Length * 8));
        return missing == 0 ? ValueOps.MakeObject(shape, made.ToArray()!) : Some(made, values.Length - missing);
    }

    JsonObject Some(ReadOnlySpan<JsonValue?> made, int count)
    {
        var present = new JsonValue[count];
        var partial = JsonShape.Empty;
        var at = 0;
        for (var i = 0; i < made.Length; i++)
        {
            if (made[i] is not { } value) continue;
            partial = at == 0 ? first[i] : partial.Add(keys[i]);
            present[at++] = value;
        }

        return ValueOps.MakeObject(partial, present);
    }
}
