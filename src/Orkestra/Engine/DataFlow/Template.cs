using Orkestra.Expressions.Data;

namespace Orkestra.Engine.DataFlow;

/// <summary>A field of a state that gives a value when the state runs: a literal, a path, an expression or a structure of them.</summary>
internal abstract class Template
{
    /// <summary>The value.</summary>
    /// <exception cref="EvaluationException">The value could not be made; the state fails.</exception>
    internal abstract JsonValue Evaluate(Evaluation at);
}
