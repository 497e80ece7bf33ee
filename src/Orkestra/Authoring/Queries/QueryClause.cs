using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Queries;

/// <summary>A clause of a query: <c>from b in B.With(x)</c>, or <c>let b = x</c> when there is no flow.</summary>
/// <param name="Variable">The variable it brings.</param>
/// <param name="Flow">The flow whose output the variable is; null for <c>let</c>.</param>
/// <param name="Value">The flow's input, or the variable's value; null for a flow that is given nothing.</param>
internal sealed record QueryClause(ParameterExpression Variable, FlowNode? Flow, Expression? Value)
{
    public override string ToString() => Flow is null ? $"let {Variable.Name} = {Value}" : $"from {Variable.Name} in {Flow}";
}
