using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Evaluation;

/// <summary>What paths, intrinsic functions and templates read: the data <c>$</c>, the context object <c>$$</c>, the variables <c>$name</c>.</summary>
/// <param name="Data">The data, <c>$</c>.</param>
/// <param name="Context">The context object, <c>$$</c>; null when there is none.</param>
/// <param name="Variables">The variables by name; null when there are none.</param>
/// <param name="Randomness">Where random numbers and UUIDs come from; functions that need it fail without.</param>
/// <param name="Meter">Counts what this and other evaluations use together; null for none.</param>
public readonly record struct EvaluationScope(JsonValue Data, JsonValue? Context = null, JsonObject? Variables = null, IRandomness? Randomness = null, EvaluationMeter? Meter = null);
