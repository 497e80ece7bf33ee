using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Calls;

/// <summary>A lambda: its value is a function that remembers the variables and the context it was made in.</summary>
internal sealed class LambdaNode(int[] parameterSlots, Signature? signature, ExpressionScope scope) : Node
{
    /// <summary>What the function does; set once the compiler has made it.</summary>
    internal Node Body { get; set; } = null!;

    internal int ParameterCount => parameterSlots.Length;

    internal int[] ParameterSlots => parameterSlots;

    internal Signature? Signature => signature;

    internal ExpressionScope Scope => scope;

    internal int SlotCount => scope.Count;

    internal bool NeedsFrame => scope.Count > 0;

    /// <summary>How deep every call of it nests at least.</summary>
    internal required int GuaranteedDepth { get; init; }

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        // A closure also keeps the frame it is made in.
        frame.Run.Charge(96 + (frame.Slots.Length * 8));
        return new LambdaFunction(this, input, frame);
    }
}
