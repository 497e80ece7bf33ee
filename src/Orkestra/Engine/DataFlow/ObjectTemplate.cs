using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>An object some of whose members are evaluated. All objects made by it share one shape.</summary>
internal sealed class ObjectTemplate(string[] names, Template[] members) : Template
{
    readonly JsonShape shape = new(names);

    internal ReadOnlySpan<Template> Members => members;

    internal override JsonValue Evaluate(Evaluation at)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var values = new JsonValue[members.Length];
        for (var i = 0; i < values.Length; i++) values[i] = members[i].Evaluate(at);
        return JsonObject.Wrap(shape, values);
    }
}
