using System.Runtime.CompilerServices;

namespace Orkestra.Engine.DataFlow;

/// <summary>JSONPath: <c>And</c>, <c>Or</c> and <c>Not</c>, which stop as soon as the answer is known.</summary>
internal sealed class CompoundCondition(CompoundCondition.Operator combine, Condition[] parts) : Condition
{
    internal enum Operator
    {
        And,
        Or,
        Not,
    }

    internal override bool IsMet(Evaluation at)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (combine == Operator.Not) return !parts[0].IsMet(at);
        foreach (var part in parts)
        {
            if (part.IsMet(at) == (combine == Operator.Or)) return combine == Operator.Or;
        }

        return combine == Operator.And;
    }
}
