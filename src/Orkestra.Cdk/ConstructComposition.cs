using System.Diagnostics.CodeAnalysis;
using Amazon.CDK.AWS.StepFunctions;
using Orkestra.Authoring;
using Orkestra.Authoring.Branching;
using Orkestra.Cdk.Composition;

namespace Orkestra.Cdk;

/// <summary>
/// <c>&gt;&gt;</c> between the constructs of CDK, and between them and steps and flows, in any order: <c>wait &gt;&gt; step &gt;&gt; succeed</c> is
/// <c>wait.Next(step.Task(scope)).Next(succeed)</c> in the scope of <c>wait</c>. A list of branches is a Parallel state; so is a tuple (<see cref="ConstructTuples"/>).
/// </summary>
[SuppressMessage("Naming", "CA1708", Justification = "The compiler's names of extension blocks differ by less than case.")]
public static class ConstructComposition
{
    extension(INextable)
    {
        /// <summary>One state after another.</summary>
        public static Chain operator >>(INextable left, IChainable right)
        {
            ArgumentNullException.ThrowIfNull(left);
            return left.Next(right);
        }

        /// <summary>A step or a flow after a state, in its scope.</summary>
        public static Chain operator >>(INextable left, AnyFlow right)
        {
            ArgumentNullException.ThrowIfNull(right);
            return left >> FlowExtensions.Chained(right, Ids.ScopeOf(left));
        }

        /// <summary>Branches that run at the same time after a state; the first error fails them all.</summary>
        public static Chain operator >>(INextable left, ChainBranch[] right) => left >> Branches.List(Ids.ScopeOf(left), right);
    }

    extension(Chain)
    {
        /// <summary>A state after a chain.</summary>
        public static Chain operator >>(Chain left, IChainable right)
        {
            ArgumentNullException.ThrowIfNull(left);
            return left.Next(right);
        }

        /// <summary>A step or a flow after a chain, in the scope of its first state.</summary>
        public static Chain operator >>(Chain left, AnyFlow right)
        {
            ArgumentNullException.ThrowIfNull(right);
            return left >> FlowExtensions.Chained(right, Ids.ScopeOf(left));
        }

        /// <summary>Branches that run at the same time after a chain; the first error fails them all.</summary>
        public static Chain operator >>(Chain left, ChainBranch[] right) => left >> Branches.List(Ids.ScopeOf(left), right);
    }

    extension(StateMachineFragment)
    {
        /// <summary>A state after a fragment.</summary>
        public static Chain operator >>(StateMachineFragment left, IChainable right) => Chain.Start(left) >> right;

        /// <summary>A step or a flow after a fragment, in its scope.</summary>
        public static Chain operator >>(StateMachineFragment left, AnyFlow right)
        {
            ArgumentNullException.ThrowIfNull(right);
            return Chain.Start(left) >> FlowExtensions.Chained(right, Ids.ScopeOf(left));
        }

        /// <summary>Branches that run at the same time after a fragment; the first error fails them all.</summary>
        public static Chain operator >>(StateMachineFragment left, ChainBranch[] right) => Chain.Start(left) >> Branches.List(Ids.ScopeOf(left), right);
    }

    extension(AnyFlow)
    {
        /// <summary>A state after a step or a flow, which gets its scope.</summary>
        public static Chain operator >>(AnyFlow left, IChainable right)
        {
            ArgumentNullException.ThrowIfNull(left);
            ArgumentNullException.ThrowIfNull(right);
            return Chain.Start(FlowExtensions.Chained(left, Ids.ScopeOf(right))) >> right;
        }

        /// <summary>States that run at the same time after a step or a flow, which gets their scope; the first error fails them all.</summary>
        public static Chain operator >>(AnyFlow left, IChainable[] right)
        {
            ArgumentNullException.ThrowIfNull(right);
            return left >> Branches.List(Ids.ScopeOf(right.FirstOrDefault()), [.. right.Select(ChainBranch.From)]);
        }
    }
}
