namespace Orkestra.Expressions.Intrinsics;

/// <summary>A function refuses its arguments. Inside the evaluator only: the expression around it makes an error of it that names the whole call.</summary>
internal sealed class IntrinsicFault(string message) : Exception(message);
