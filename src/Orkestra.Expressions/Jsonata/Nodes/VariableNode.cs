using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

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

    /// <summary>The built-in function of this name in a dialect, when no scope of the expression binds it.</summary>
    internal FunctionValue? Builtin(JsonataDialect dialect) => places.Length > 0 ? null : dialect == JsonataDialect.StepFunctions ? stepFunctions : standard;

    internal void Link(Place[] found)
    {
        places = found;
        standard = Builtins.Find(Name, JsonataDialect.Standard);
        stepFunctions = Builtins.Find(Name, JsonataDialect.StepFunctions);
    }

    internal override JsonValue? Evaluate(JsonValue? input, Frame frame)
    {
        var at = 0;
        foreach (var place in places)
        {
            for (; at < place.Up; at++) frame = frame.Parent!;
            var value = frame.Slots[place.Slot];
            if (value is not null) return ReferenceEquals(value, Undefined.Value) ? null : value;
        }

        var run = frame.Run;
        if (isRoot) return run.Root;
        if (run.Bindings is { } bindings && bindings.TryGet(Name, out var bound)) return bound;
        return run.Dialect == JsonataDialect.StepFunctions ? stepFunctions : standard;
    }
}
