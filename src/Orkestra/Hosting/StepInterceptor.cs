using Orkestra.Authoring;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>Stands around a try of a step: it may watch the call, and gives what the call gives.</summary>
/// <param name="step">The step.</param>
/// <param name="context">What the step is told.</param>
/// <param name="call">Runs the step; an exception is the step's error.</param>
public delegate ValueTask<JsonValue> StepInterceptor(IStep step, StepContext context, Func<ValueTask<JsonValue>> call);
