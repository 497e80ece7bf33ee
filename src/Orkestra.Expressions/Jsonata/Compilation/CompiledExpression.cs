using Orkestra.Expressions.Jsonata.Nodes;

namespace Orkestra.Expressions.Jsonata.Compilation;

/// <summary>What an expression compiles to.</summary>
/// <param name="Root">The node to evaluate.</param>
/// <param name="Scope">What the expression itself binds.</param>
/// <param name="FreeVariables">The variables it reads and does not bind.</param>
/// <param name="FunctionNames">The built-in functions it reads.</param>
/// <param name="GuaranteedDepth">How deep evaluating it nests at least.</param>
internal sealed record CompiledExpression(Node Root, ExpressionScope Scope, string[] FreeVariables, string[] FunctionNames, int GuaranteedDepth);
