using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>A value without anything to evaluate.</summary>
internal sealed class LiteralTemplate(JsonValue value) : Template
{
    internal JsonValue Value => value;

    internal override JsonValue Evaluate(Evaluation at) => value;
}
