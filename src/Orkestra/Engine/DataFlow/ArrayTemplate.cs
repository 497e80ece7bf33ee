using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>An array some of whose elements are evaluated.</summary>
internal sealed class ArrayTemplate(Template[] elements) : Template
{
    internal override JsonValue Evaluate(Evaluation at)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var values = new JsonValue[elements.Length];
        for (var i = 0; i < values.Length; i++) values[i] = elements[i].Evaluate(at);
        return JsonArray.Wrap(values);
    }
}
