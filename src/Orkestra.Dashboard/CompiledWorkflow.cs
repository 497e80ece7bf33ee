using Orkestra.Authoring;

namespace Orkestra.Dashboard;

/// <summary>A workflow, and the assembly it was loaded from. Immutable.</summary>
/// <param name="Definition">The compiled workflow. Its steps name the source files and lines they were written in.</param>
/// <param name="AssemblyPath">The path of the assembly. A source file that was written after it is not shown.</param>
public sealed record CompiledWorkflow(WorkflowDefinition Definition, string AssemblyPath);
