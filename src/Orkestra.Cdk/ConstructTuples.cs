using System.Diagnostics.CodeAnalysis;
using Amazon.CDK.AWS.StepFunctions;
using Orkestra.Authoring.Branching;
using Orkestra.Cdk.Composition;

namespace Orkestra.Cdk;

/// <summary>
/// <c>&gt;&gt; (a, b)</c> after the constructs of CDK: branches that run at the same time and whose errors do not stop the others nor the run. Each gives
/// <c>{"Value": …}</c>, or <c>{"Error": …, "Cause": …}</c>.
/// </summary>
[SuppressMessage("Naming", "CA1708", Justification = "The compiler's names of extension blocks differ by less than case.")]
public static class ConstructTuples
{
    extension(INextable)
    {
        /// <summary>2 branches with an outcome each.</summary>
        public static Chain operator >>(INextable left, (ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2);

        /// <summary>3 branches with an outcome each.</summary>
        public static Chain operator >>(INextable left, (ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3);

        /// <summary>4 branches with an outcome each.</summary>
        public static Chain operator >>(INextable left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4);

        /// <summary>5 branches with an outcome each.</summary>
        public static Chain operator >>(INextable left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5);

        /// <summary>6 branches with an outcome each.</summary>
        public static Chain operator >>(INextable left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5, right.Item6);

        /// <summary>7 branches with an outcome each.</summary>
        public static Chain operator >>(INextable left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5, right.Item6, right.Item7);
    }

    extension(Chain)
    {
        /// <summary>2 branches with an outcome each.</summary>
        public static Chain operator >>(Chain left, (ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2);

        /// <summary>3 branches with an outcome each.</summary>
        public static Chain operator >>(Chain left, (ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3);

        /// <summary>4 branches with an outcome each.</summary>
        public static Chain operator >>(Chain left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4);

        /// <summary>5 branches with an outcome each.</summary>
        public static Chain operator >>(Chain left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5);

        /// <summary>6 branches with an outcome each.</summary>
        public static Chain operator >>(Chain left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5, right.Item6);

        /// <summary>7 branches with an outcome each.</summary>
        public static Chain operator >>(Chain left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5, right.Item6, right.Item7);
    }

    extension(StateMachineFragment)
    {
        /// <summary>2 branches with an outcome each.</summary>
        public static Chain operator >>(StateMachineFragment left, (ChainBranch, ChainBranch) right) =>
            Chain.Start(left) >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2);

        /// <summary>3 branches with an outcome each.</summary>
        public static Chain operator >>(StateMachineFragment left, (ChainBranch, ChainBranch, ChainBranch) right) =>
            Chain.Start(left) >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3);

        /// <summary>4 branches with an outcome each.</summary>
        public static Chain operator >>(StateMachineFragment left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            Chain.Start(left) >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4);

        /// <summary>5 branches with an outcome each.</summary>
        public static Chain operator >>(StateMachineFragment left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            Chain.Start(left) >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5);

        /// <summary>6 branches with an outcome each.</summary>
        public static Chain operator >>(StateMachineFragment left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            Chain.Start(left) >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5, right.Item6);

        /// <summary>7 branches with an outcome each.</summary>
        public static Chain operator >>(StateMachineFragment left, (ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch, ChainBranch) right) =>
            Chain.Start(left) >> Branches.Tuple(Ids.ScopeOf(left), right.Item1, right.Item2, right.Item3, right.Item4, right.Item5, right.Item6, right.Item7);
    }

    extension(AnyFlow)
    {
        /// <summary>2 branches with an outcome each.</summary>
        public static Chain operator >>(AnyFlow left, (IChainable, IChainable) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(right.Item1), ChainBranch.From(right.Item1), ChainBranch.From(right.Item2));

        /// <summary>3 branches with an outcome each.</summary>
        public static Chain operator >>(AnyFlow left, (IChainable, IChainable, IChainable) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(right.Item1), ChainBranch.From(right.Item1), ChainBranch.From(right.Item2), ChainBranch.From(right.Item3));

        /// <summary>4 branches with an outcome each.</summary>
        public static Chain operator >>(AnyFlow left, (IChainable, IChainable, IChainable, IChainable) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(right.Item1), ChainBranch.From(right.Item1), ChainBranch.From(right.Item2), ChainBranch.From(right.Item3), ChainBranch.From(right.Item4));

        /// <summary>5 branches with an outcome each.</summary>
        public static Chain operator >>(AnyFlow left, (IChainable, IChainable, IChainable, IChainable, IChainable) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(right.Item1), ChainBranch.From(right.Item1), ChainBranch.From(right.Item2), ChainBranch.From(right.Item3), ChainBranch.From(right.Item4), ChainBranch.From(right.Item5));

        /// <summary>6 branches with an outcome each.</summary>
        public static Chain operator >>(AnyFlow left, (IChainable, IChainable, IChainable, IChainable, IChainable, IChainable) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(right.Item1), ChainBranch.From(right.Item1), ChainBranch.From(right.Item2), ChainBranch.From(right.Item3), ChainBranch.From(right.Item4), ChainBranch.From(right.Item5), ChainBranch.From(right.Item6));

        /// <summary>7 branches with an outcome each.</summary>
        public static Chain operator >>(AnyFlow left, (IChainable, IChainable, IChainable, IChainable, IChainable, IChainable, IChainable) right) =>
            left >> Branches.Tuple(Ids.ScopeOf(right.Item1), ChainBranch.From(right.Item1), ChainBranch.From(right.Item2), ChainBranch.From(right.Item3), ChainBranch.From(right.Item4), ChainBranch.From(right.Item5), ChainBranch.From(right.Item6), ChainBranch.From(right.Item7));
    }
}
