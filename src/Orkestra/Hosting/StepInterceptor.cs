using Orkestra.Authoring;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>Wraps an attempt of a step and returns its result.</summary>
/// <param name="step">The step.</param>
/// <param name="context">The step's context.</param>
/// <param name="call">Runs the step; an exception is the step's error.</param>
public delegate ValueTask<JsonValue> StepInterceptor(IStep step, StepContext context, Func<ValueTask<JsonValue>> call);
