using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>Predicates on something other than a step of a path.</summary>
internal sealed class FilterNode(Node operand, PredicateStage[] predicates) : SequenceValuedNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame)
    {
        var value = operand.EvaluateRaw(input, frame);
        foreach (var predicate in predicates) value = predicate.Apply(value, frame);
        return value;
    }
}
