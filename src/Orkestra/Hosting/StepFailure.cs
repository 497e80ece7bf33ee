using Orkestra.Authoring;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting;

/// <summary>One try of a step that failed in this process.</summary>
/// <param name="StateName">The state that called the step.</param>
/// <param name="Step">The step.</param>
/// <param name="Input">What it was given.</param>
/// <param name="Exception">What it threw.</param>
/// <param name="Cause">The text by which the run knows it.</param>
public sealed record StepFailure(string StateName, IStep Step, JsonValue Input, Exception Exception, string Cause);
