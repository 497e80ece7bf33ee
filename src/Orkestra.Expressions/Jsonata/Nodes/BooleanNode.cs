using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>A node whose value is a boolean or undefined, so that a predicate need not look for a number.</summary>
internal abstract class BooleanNode : Node
{
    internal sealed override bool IsCondition => true;

    internal abstract override bool Test(JsonValue? input, Frame frame);

    internal override JsonValue? Evaluate(JsonValue? input, Frame frame) => JsonBoolean.Create(Test(input, frame));
}
