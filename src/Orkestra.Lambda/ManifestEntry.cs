using Orkestra.Authoring;

namespace Orkestra.Lambda;

/// <summary>A function of a program as its manifest says it.</summary>
/// <param name="Workflow">The workflow's name; null for a step that belongs to none.</param>
/// <param name="Function">The step's name as a function; null when the workflow cannot be composed.</param>
/// <param name="Step">The step; null when the workflow cannot be composed.</param>
/// <param name="Problem">Why the function cannot start; null when it can.</param>
internal sealed record ManifestEntry(string? Workflow, string? Function, IStep? Step, string? Problem);
