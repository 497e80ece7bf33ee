using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Paths;

/// <summary>The context value, <c>$</c>.</summary>
internal sealed class ContextNode : SequenceValuedNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, VariableFrame frame) => input is Sequence { OuterWrapper: true } wrapper ? wrapper.Items[0] : input;
}
