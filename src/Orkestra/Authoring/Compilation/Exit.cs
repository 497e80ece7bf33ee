namespace Orkestra.Authoring.Compilation;

/// <summary>A place where a fragment of a graph is left.</summary>
/// <param name="Continue">Leads it to a state.</param>
/// <param name="End">Ends the graph there; null where the language wants a state to go to.</param>
/// <param name="Name">What to call the state that has to be added in that case.</param>
internal sealed record Exit(Action<string> Continue, Action? End, string Name);
