using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Operators;

/// <summary><c>and</c> and <c>or</c>, which evaluate their right side only when it decides.</summary>
internal sealed class LogicNode(bool isAnd, Node left, Node right, int position) : BooleanNode
{
    internal override bool Test(JsonValue? input, VariableFrame frame)
    {
        try
        {
            return isAnd ? left.Test(input, frame) && right.Test(input, frame) : left.Test(input, frame) || right.Test(input, frame);
        }
        catch (JsonataException problem) when (problem.Complete(position, isAnd ? "and" : "or"))
        {
            throw;
        }
    }
}
