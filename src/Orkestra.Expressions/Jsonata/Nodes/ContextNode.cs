using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>The context value, <c>$</c>.</summary>
internal sealed class ContextNode : SequenceNode
{
    internal override JsonValue? EvaluateRaw(JsonValue? input, Frame frame) => input is Sequence { OuterWrapper: true } wrapper ? wrapper.Items[0] : input;
}
