using Orkestra.Asl;

namespace Orkestra.Authoring.Compilation;

/// <summary>A flow as a document.</summary>
/// <param name="Document">The document.</param>
/// <param name="Steps">The steps by the names of their functions.</param>
/// <param name="StepsByState">The steps by the names of their states.</param>
/// <param name="Sources">Where the states that were not authored come from (<see cref="Nodes.DocumentFlowNode.Source"/>).</param>
/// <param name="Exceptions">How the steps name their exceptions.</param>
internal sealed record CompiledFlow(
    StateMachine Document, Dictionary<string, IStep> Steps, Dictionary<string, IStep> StepsByState, IReadOnlyList<object> Sources, ExceptionNames Exceptions)
{
    /// <summary>The sources by the names of the states; a state with others inside it counts for them.</summary>
    public required IReadOnlyDictionary<string, object> SourcesByState { get; init; }

    /// <summary>The types of the replies that states wait for, by the names of the states.</summary>
    public IReadOnlyDictionary<string, Type> RepliesByState { get; init; } = new Dictionary<string, Type>();

    /// <summary>The workflows that it starts, by the names that stand for their ARNs.</summary>
    public IReadOnlyDictionary<string, Workflow> Workflows { get; init; } = new Dictionary<string, Workflow>();

    /// <summary>Whether it starts executions of itself.</summary>
    public bool StartsItself { get; init; }
}
