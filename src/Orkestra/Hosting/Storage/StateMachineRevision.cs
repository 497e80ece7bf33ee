namespace Orkestra.Hosting.Storage;

/// <summary>A definition that executions were started with.</summary>
/// <param name="Hash">The hash of the definition, <see cref="Engine.ExecutionPlan.DefinitionHash"/>.</param>
/// <param name="Definition">The Amazon States Language document in canonical form.</param>
public sealed record StateMachineRevision(string Hash, string Definition);
