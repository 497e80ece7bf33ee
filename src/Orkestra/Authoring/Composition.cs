using Orkestra.Authoring.Branching;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

/// <summary>
/// <c>&gt;&gt;</c>: what follows what. The right side must take what the left side gives, else the compiler names both types (CS0019). A step over <c>object?</c> follows
/// anything.
/// </summary>
public static class Composition
{
    // `where TMid : TNext` says "TMid converts to TNext by identity, reference or boxing", which is what variance alone does not say for value types.
    extension<TIn, TMid, TNext, TOut>(Flow<TIn, TMid>)
        where TMid : TNext
    {
        /// <summary>One after the other.</summary>
        public static Flow<TIn, TOut> operator >>(Flow<TIn, TMid> left, IFlow<TNext, TOut> right) => new(Sequence(left, right));
    }

    extension<TIn, TMid>(Flow<TIn, TMid>)
    {
        /// <summary>A pause; the payload passes through.</summary>
        public static Flow<TIn, TMid> operator >>(Flow<TIn, TMid> left, Wait right) => new(Sequence(left, right.Node));

        /// <summary>Branches that run at the same time; the result is the array of their outputs. The first error fails the run.</summary>
        public static Flow<TIn, object?[]> operator >>(Flow<TIn, TMid> left, IFlowFrom<TMid>[] right) =>
            new(Sequence(left, ParallelFlowNode.Of(ParallelKind.List, right)));
    }

    // Variance does not reach value types, so their branches are converted one by one.
    extension<TIn, TMid>(Flow<TIn, TMid>)
        where TMid : struct
    {
        /// <summary>Branches that run at the same time; the result is the array of their outputs. The first error fails the run.</summary>
        public static Flow<TIn, object?[]> operator >>(Flow<TIn, TMid> left, Branch<TMid>[] right) =>
            new(Sequence(left, ParallelFlowNode.Of(ParallelKind.List, right)));
    }

    extension<TIn, TMid>(Flow<TIn, TMid?>)
        where TMid : struct
    {
        /// <summary>Branches that run at the same time; the result is the array of their outputs. The first error fails the run.</summary>
        public static Flow<TIn, object?[]> operator >>(Flow<TIn, TMid?> left, Branch<TMid?>[] right) =>
            new(Sequence(left, ParallelFlowNode.Of(ParallelKind.List, right)));
    }

    internal static SequenceFlowNode Sequence(IFlow left, IFlow right) => Sequence(left, FlowExtensions.NodeOf(right));

    internal static SequenceFlowNode Sequence(IFlow left, FlowNode right) => new(FlowExtensions.NodeOf(left), right);
}
