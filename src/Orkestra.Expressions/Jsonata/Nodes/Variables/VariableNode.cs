using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes.Variables;

/// <summary>
/// A variable, <c>$name</c>, the input <c>$$</c>, or a <c>%</c>. The scopes that may bind it are known when the expression is compiled; which of them has bound it by now is not, except for
/// a parameter, so each is asked from the inside out. What no scope binds is the caller's, or a built-in function.
/// </summary>
internal sealed class VariableNode(string name) : Node
{
    readonly bool isRoot = name == "$";
    Place[] places = [];
    FunctionValue? standard;
    FunctionValue? stepFunctions;

    internal string Name { get; } = name;

    /// <summary>Whether no scope of the expression binds it.</summary>
    internal bool IsExternal => places.Length == 0 && !isRoot;

    internal void Link(Place[] found)
    {
        places = found;
        standard = Builtins.Find(Name, JsonataDialect.Standard);
        stepFunctions = Builtins.Find(Name, JsonataDialect.StepFunctions);
    }

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame)
    {
        if (places.Length == 0) return External(frame.Run);
        var at = 0;
        foreach (var place in places)
        {
            for (; at < place.Up; at++) frame = frame.Parent!;
            var value = frame.Slots[place.Slot];
            if (value is not null) return ReferenceEquals(value, Undefined.Value) ? null : value;
        }

        return External(frame.Run);
    }

    JsonValue? External(Run run)
    {
        if (isRoot) return run.Root;
        var builtin = run.Dialect == JsonataDialect.StepFunctions ? stepFunctions : standard;
        if (run.Bindings is not { } bindings || (builtin is not null && !run.ShadowsBuiltins)) return builtin;
        return bindings.TryGet(Name, out var bound) ? bound : builtin;
    }
}
