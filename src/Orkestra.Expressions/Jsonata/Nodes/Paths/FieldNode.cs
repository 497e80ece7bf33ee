using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A field name: the member of an object, or of every object of an array.</summary>
internal sealed class FieldNode(string name) : SequenceValuedNode
{
    // Enough for the shapes of one expression's data; after that every object has a shape of its own and remembering them costs more than it saves.
    const int MostShapes = 64;

    Known? known;
    int misses;

    internal string Name { get; } = name;

    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame) => input switch
    {
        JsonObject members => Member(members),
        JsonArray or Sequence => Lookup(frame.Run, input),
        _ => null,
    };

    internal JsonValue? Member(JsonObject members)
    {
        var shape = members.Shape;
        var last = known;
        if (last is not null && ReferenceEquals(last.Shape, shape)) return last.Index < 0 ? null : members.Store[last.Index];
        var at = shape.IndexOf(Name);
        if (misses < MostShapes)
        {
            // Two threads may both write: each writes a whole answer, and either is right.
            misses++;
            known = new Known(shape, at);
        }

        return at < 0 ? null : members.Store[at];
    }

    internal JsonValue? Lookup(Run run, JsonValue array)
    {
        var start = run.Top;
        PushAll(run, array);
        return run.PopSequence(start);
    }

    void PushAll(Run run, JsonValue array)
    {
        run.Enter();
        foreach (var item in ValueOps.Items(array))
        {
            run.Step();
            switch (item)
            {
                case JsonObject members:
                    var value = Member(members);
                    if (ValueOps.IsArray(value)) run.Push(ValueOps.Items(value));
                    else if (value is not null) run.Push(value);
                    break;
                case JsonArray or Sequence:
                    PushAll(run, item);
                    break;
            }
        }

        run.Leave();
    }

    sealed record Known(JsonShape Shape, int Index);
}
