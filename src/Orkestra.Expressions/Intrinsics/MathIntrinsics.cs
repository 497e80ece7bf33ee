using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>The functions for numbers.</summary>
internal static class MathIntrinsics
{
    internal static JsonValue MathAdd(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope) =>
        (long)Arguments.Rounded(arguments, 0) + Arguments.Rounded(arguments, 1);

    /// <summary>A number from the first argument on and below the second; the third seeds a sequence of its own.</summary>
    internal static JsonValue MathRandom(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        long start = Arguments.Rounded(arguments, 0);
        long end = Arguments.Rounded(arguments, 1);
        if (start >= end) throw new IntrinsicFault("The start of a random number must be below its end");
        var source = arguments.Length == 3 ? new SeededRandomness((ulong)Arguments.Rounded(arguments, 2))
            : scope.Randomness ?? throw new IntrinsicFault("There is no source of randomness");
        return start + (long)Math.Floor(source.NextDouble() * (end - start));
    }
}
