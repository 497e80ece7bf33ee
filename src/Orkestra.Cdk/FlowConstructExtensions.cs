using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Authoring.Branching;
using Orkestra.Cdk.Composition;

namespace Orkestra.Cdk;

/// <summary>Takes flows to CDK's states, and CDK's states into flows.</summary>
public static class FlowConstructExtensions
{
    /// <summary>A flow as a chain of CDK states, to be composed with others. Its functions belong to the scope.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="scope">Where its states and functions belong.</param>
    /// <param name="props">How its functions are deployed.</param>
    /// <exception cref="SynthesisException">It cannot be composed.</exception>
    public static Chain Definition(this AnyFlow flow, Construct scope, FlowProps? props = null)
    {
        ArgumentNullException.ThrowIfNull(flow);
        ArgumentNullException.ThrowIfNull(scope);
        return FlowChain.Of(scope, FlowDefinition.Compile((IFlow)flow), props);
    }

    /// <summary>
    /// CDK's states as a part of an Orkestra flow: any task CDK knows, between steps. What it takes and gives is for its author to say. Tokens in it become
    /// substitutions of the definition, and what it may do goes to the state machine's role.
    /// </summary>
    /// <typeparam name="TIn">The payload it takes.</typeparam>
    /// <typeparam name="TOut">The payload it gives.</typeparam>
    /// <param name="states">A task, or a chain of states.</param>
    /// <param name="permissions">What the states may do, instead of what CDK gives them, which is often more than needed; CDK's when null.</param>
    /// <remarks>CDK's states are in JSONPath, so a workflow with one is a document in JSONPath whose authored states name JSONata themselves.</remarks>
    public static Flow<TIn, TOut> AsFlow<TIn, TOut>(this IChainable states, IReadOnlyList<PolicyStatement>? permissions = null)
    {
        ArgumentNullException.ThrowIfNull(states);
        var source = new CdkStates(states, permissions);
        return Flow.OfStates<TIn, TOut>(states.StartState.StateId, source, source.Read);
    }

    /// <summary>What comes after a state of CDK: the task of a step, the chain of a flow.</summary>
    internal static IChainable Chained(AnyFlow flow, Construct scope) =>
        flow is IStep step ? step.Task(scope) : flow.Definition(scope);
}
