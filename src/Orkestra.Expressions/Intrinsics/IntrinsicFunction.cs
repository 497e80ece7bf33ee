using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>One of the intrinsic functions.</summary>
/// <param name="Name">Its name with <c>States.</c> in front.</param>
/// <param name="MinArguments">How many arguments it takes at least.</param>
/// <param name="MaxArguments">How many arguments it takes at most.</param>
/// <param name="Call">Calls it; throws <see cref="IntrinsicFault"/>.</param>
internal sealed record IntrinsicFunction(string Name, int MinArguments, int MaxArguments, IntrinsicFunction.Body Call)
{
    internal delegate JsonValue Body(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope);
}
