using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>The variables of one scope while it is being evaluated.</summary>
internal sealed class VariableFrame
{
    internal readonly Run Run;
    internal readonly VariableFrame? Parent;
    internal readonly JsonValue?[] Slots;
    internal readonly ExpressionScope Scope;

    internal VariableFrame(Run run, JsonValue?[] slots, ExpressionScope scope)
    {
        Run = run;
        Slots = slots;
        Scope = scope;
    }

    internal VariableFrame(VariableFrame parent, JsonValue?[] slots, ExpressionScope scope)
    {
        Run = parent.Run;
        Parent = parent;
        Slots = slots;
        Scope = scope;
    }
}
