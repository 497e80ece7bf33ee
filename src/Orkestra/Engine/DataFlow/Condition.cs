namespace Orkestra.Engine.DataFlow;

/// <summary>What decides whether a rule of a Choice matches.</summary>
internal abstract class Condition
{
    /// <exception cref="EvaluationException">It cannot be decided; the state fails.</exception>
    internal abstract bool IsMet(Evaluation at);
}
