using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>
/// What a step gives for item after item, flattened one level onto the stack. One array alone is not taken apart: it is what the next step works on, and of the last
/// step it is the result, unless it is a sequence.
/// </summary>
internal ref struct StepResults(Run run)
{
    JsonValue? only;
    int count;

    internal void Add(JsonValue? value)
    {
        run.Step();
        if (value is null) return;
        if (count++ == 0 && value is JsonArray or Sequence)
        {
            only = value;
            return;
        }

        if (only is not null)
        {
            Push(only);
            only = null;
        }

        Push(value);
    }

    /// <summary>The one array there is; null when the results are on the stack.</summary>
    internal JsonValue? Only(bool last)
    {
        if (only is null) return null;
        var whole = last ? only is JsonArray or Sequence { IsSequence: false } : only is JsonArray or Sequence { Cons: false } && ValueOps.Items(only).Length > 0;
        if (whole) return only;
        Push(only);
        return null;
    }

    readonly void Push(JsonValue value)
    {
        if (value is JsonArray or Sequence { Cons: false }) run.Push(ValueOps.Items(value));
        else run.Push(value);
    }
}
