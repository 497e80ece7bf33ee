using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;

namespace Orkestra.Conformance.Answers;

/// <summary>A case that was run.</summary>
/// <param name="Plan">The machine.</param>
/// <param name="Objects">The buckets.</param>
/// <param name="Result">The end.</param>
/// <param name="Unfinished">The answer when the execution had not ended when it was looked at; null otherwise.</param>
sealed record CaseRun(ExecutionPlan Plan, MemoryObjectStore Objects, ExecutionResult Result, JsonValue? Unfinished);
