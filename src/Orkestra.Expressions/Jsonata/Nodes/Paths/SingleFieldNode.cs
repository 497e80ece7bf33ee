using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>A path of one field name. Most often the context is an object and the value no array: then there is nothing to iterate.</summary>
internal sealed class SingleFieldNode(FieldNode field) : Node
{
    readonly FieldPathNode general = new(null, [field]);

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) =>
        input is JsonObject members && field.Member(members) is var value && value is not Sequence ? value : general.Evaluate(input, frame);

    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame) => general.EvaluateRaw(input, frame);
}
