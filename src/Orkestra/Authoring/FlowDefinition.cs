using Orkestra.Asl;
using Orkestra.Authoring.Compilation;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>
/// A flow that was compiled by itself, and not as a workflow: its document and what it is made of, for those who put it among states of their own. Instances are immutable and thread-safe.
/// </summary>
public sealed class FlowDefinition
{
    readonly string text;
    readonly CompiledFlow compiled;

    FlowDefinition(string text, CompiledFlow compiled)
    {
        this.text = text;
        this.compiled = compiled;
        StatesNamingJsonata = MixedLanguages.Name(compiled.Document.States);
    }

    /// <summary>The document. Task states name their function by a substitution, <c>${AddPrice}</c>, which a deployment fills in.</summary>
    public StateMachine Document => compiled.Document;

    /// <summary>The states of the document in the form they have in a document in JSONPath: each authored one, and those inside it, name JSONata as their query language.</summary>
    public EquatableMap<State> StatesNamingJsonata { get; }

    /// <summary>The steps by the names of their functions, which are the names of the substitutions.</summary>
    public IReadOnlyDictionary<string, IStep> Steps => compiled.Steps;

    /// <summary>The workflows that the flow starts, by the names that stand for their ARNs in the document.</summary>
    public IReadOnlyDictionary<string, Workflow> Workflows => compiled.Workflows;

    /// <summary>The sources of the states that were not authored (<see cref="Flow.OfStates"/>), each once.</summary>
    public IReadOnlyList<object> Sources => compiled.Sources;

    /// <summary>The same by the names of the states; a state with others inside it counts for them.</summary>
    public IReadOnlyDictionary<string, object> SourcesByState => compiled.SourcesByState;

    /// <summary>Compiles a flow.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="capturesErrors">Whether its errors become a part of its output, as a branch of a tuple has them (<see cref="Outcome{T}"/>). False by default.</param>
    /// <returns>The flow's document; null when the flow has no state.</returns>
    /// <exception cref="WorkflowException">The flow cannot be compiled.</exception>
    public static FlowDefinition? Compile(IFlow flow, bool capturesErrors = false)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return Compile(capturesErrors ? new CaptureFlowNode(flow.Node) : flow.Node, PayloadSerializer.Default);
    }

    /// <summary>Compiles the flow of a workflow, without what belongs to the state machine alone: the comment and the timeout.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <returns>The flow's document; null when the flow has no state.</returns>
    /// <exception cref="WorkflowException">The flow cannot be compiled.</exception>
    public static FlowDefinition? Compile(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return Compile(workflow.DefineNode(), workflow.MakeSerializer());
    }

    /// <summary>The flow as it is composed.</summary>
    public override string ToString() => text;

    static FlowDefinition? Compile(FlowNode node, PayloadSerializer serializer) =>
        WorkflowCompiler.Compile(node, serializer) is { } compiled ? new FlowDefinition(node.ToString()!, compiled) : null;
}
