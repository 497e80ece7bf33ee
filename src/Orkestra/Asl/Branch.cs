namespace Orkestra.Asl;

/// <summary>One branch of a <see cref="ParallelState"/>.</summary>
public sealed record Branch : StateGraph;
