using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Compilation;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>The variables of one scope while it is being evaluated.</summary>
internal sealed class Frame
{
    internal readonly Run Run;
    internal readonly Frame? Parent;
    internal readonly JsonValue?[] Slots;
    internal readonly Scope Scope;

    internal Frame(Run run, JsonValue?[] slots, Scope scope)
    {
        Run = run;
        Slots = slots;
        Scope = scope;
    }

    internal Frame(Frame parent, JsonValue?[] slots, Scope scope)
    {
        Run = parent.Run;
        Parent = parent;
        Slots = slots;
        Scope = scope;
    }
}
