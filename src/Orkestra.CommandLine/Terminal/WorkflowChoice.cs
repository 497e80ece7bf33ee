using Orkestra.Authoring;

namespace Orkestra.CommandLine.Terminal;

/// <summary>The workflows of a program.</summary>
/// <param name="Default">Makes the one that runs when no other is asked for.</param>
/// <param name="Others">Makes the others.</param>
internal sealed record WorkflowChoice(Func<Workflow> Default, Func<IEnumerable<Workflow>> Others);
