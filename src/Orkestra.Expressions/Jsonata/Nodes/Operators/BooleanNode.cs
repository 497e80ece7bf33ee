using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary>A node whose value is a boolean or undefined, so that a predicate need not look for a number.</summary>
internal abstract class BooleanNode : Node
{
    internal sealed override bool IsCondition => true;

    internal abstract override bool Test(JsonValue? input, VariableFrame frame);

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => JsonBoolean.Create(Test(input, frame));
}
