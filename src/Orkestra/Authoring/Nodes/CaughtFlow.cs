namespace Orkestra.Authoring.Nodes;

/// <summary>Where a flow goes on after errors with one of these names.</summary>
internal sealed record CaughtFlow(IReadOnlyList<string> Errors, FlowNode Handler);
