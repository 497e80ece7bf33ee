using Amazon.CDK.AWS.StepFunctions;
using Constructs;
using Orkestra.Authoring;
using Orkestra.Authoring.Branching;
using Orkestra.Cdk.Composition;

namespace Orkestra.Cdk;

/// <summary>What the branches of a list or a tuple after CDK's states convert to: states and chains of CDK, steps and flows of Orkestra.</summary>
public sealed class ChainBranch
{
    readonly IChainable? states;
    readonly AnyFlow? flow;

    ChainBranch(IChainable? states, AnyFlow? flow)
    {
        this.states = states;
        this.flow = flow;
    }

    /// <summary>A state of CDK.</summary>
    public static implicit operator ChainBranch(State state) => From(state);

    /// <summary>A chain of CDK.</summary>
    public static implicit operator ChainBranch(Chain chain) => From(chain);

    /// <summary>A fragment of CDK.</summary>
    public static implicit operator ChainBranch(StateMachineFragment fragment) => From(fragment);

    /// <summary>A step or a flow.</summary>
    public static implicit operator ChainBranch(AnyFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        return new(null, flow);
    }

    /// <summary>A state, chain or fragment of CDK.</summary>
    public static ChainBranch From(IChainable states)
    {
        ArgumentNullException.ThrowIfNull(states);
        return new(states, null);
    }

    internal string Label => states?.StartState.StateId ?? ((IFlow)flow!).Label;

    internal IChainable In(Construct scope) => states ?? FlowConstructExtensions.Chained(flow!, scope);

    internal IChainable CapturedIn(Construct scope) => states is null ? Captures.Of(scope, flow!) : Captures.Of(scope, states);
}
