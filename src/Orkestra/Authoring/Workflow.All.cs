using System.Runtime.CompilerServices;
using Orkestra.Authoring.Branching;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring;

public abstract partial class Workflow
{
    /// <summary>2 branches that run at the same time; the result is the tuple of their outputs. The first error fails it.</summary>
    public static Flow<T, (TOut1, TOut2)> All<T, TOut1, TOut2>(
        IFlow<T, TOut1> branch1, IFlow<T, TOut2> branch2) =>
        TupleFlow.All<T, TOut1, TOut2>(branch1, branch2);

    /// <summary>2 branches over different types that all accept what comes before <c>&gt;&gt;</c>; the result is the tuple of their outputs.</summary>
    [OverloadResolutionPriority(-1)]
    public static AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>)> All<T1, TOut1, T2, TOut2>(
        IFlow<T1, TOut1> branch1, IFlow<T2, TOut2> branch2) =>
        new(ParallelFlowNode.Of(ParallelKind.All, branch1, branch2));

    /// <summary>3 branches that run at the same time; the result is the tuple of their outputs. The first error fails it.</summary>
    public static Flow<T, (TOut1, TOut2, TOut3)> All<T, TOut1, TOut2, TOut3>(
        IFlow<T, TOut1> branch1, IFlow<T, TOut2> branch2, IFlow<T, TOut3> branch3) =>
        TupleFlow.All<T, TOut1, TOut2, TOut3>(branch1, branch2, branch3);

    /// <summary>3 branches over different types that all accept what comes before <c>&gt;&gt;</c>; the result is the tuple of their outputs.</summary>
    [OverloadResolutionPriority(-1)]
    public static AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>)> All<T1, TOut1, T2, TOut2, T3, TOut3>(
        IFlow<T1, TOut1> branch1, IFlow<T2, TOut2> branch2, IFlow<T3, TOut3> branch3) =>
        new(ParallelFlowNode.Of(ParallelKind.All, branch1, branch2, branch3));

    /// <summary>4 branches that run at the same time; the result is the tuple of their outputs. The first error fails it.</summary>
    public static Flow<T, (TOut1, TOut2, TOut3, TOut4)> All<T, TOut1, TOut2, TOut3, TOut4>(
        IFlow<T, TOut1> branch1, IFlow<T, TOut2> branch2, IFlow<T, TOut3> branch3, IFlow<T, TOut4> branch4) =>
        TupleFlow.All<T, TOut1, TOut2, TOut3, TOut4>(branch1, branch2, branch3, branch4);

    /// <summary>4 branches over different types that all accept what comes before <c>&gt;&gt;</c>; the result is the tuple of their outputs.</summary>
    [OverloadResolutionPriority(-1)]
    public static AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>)> All<T1, TOut1, T2, TOut2, T3, TOut3, T4, TOut4>(
        IFlow<T1, TOut1> branch1, IFlow<T2, TOut2> branch2, IFlow<T3, TOut3> branch3, IFlow<T4, TOut4> branch4) =>
        new(ParallelFlowNode.Of(ParallelKind.All, branch1, branch2, branch3, branch4));

    /// <summary>5 branches that run at the same time; the result is the tuple of their outputs. The first error fails it.</summary>
    public static Flow<T, (TOut1, TOut2, TOut3, TOut4, TOut5)> All<T, TOut1, TOut2, TOut3, TOut4, TOut5>(
        IFlow<T, TOut1> branch1, IFlow<T, TOut2> branch2, IFlow<T, TOut3> branch3, IFlow<T, TOut4> branch4, IFlow<T, TOut5> branch5) =>
        TupleFlow.All<T, TOut1, TOut2, TOut3, TOut4, TOut5>(branch1, branch2, branch3, branch4, branch5);

    /// <summary>5 branches over different types that all accept what comes before <c>&gt;&gt;</c>; the result is the tuple of their outputs.</summary>
    [OverloadResolutionPriority(-1)]
    public static AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>)> All<T1, TOut1, T2, TOut2, T3, TOut3, T4, TOut4, T5, TOut5>(
        IFlow<T1, TOut1> branch1, IFlow<T2, TOut2> branch2, IFlow<T3, TOut3> branch3, IFlow<T4, TOut4> branch4, IFlow<T5, TOut5> branch5) =>
        new(ParallelFlowNode.Of(ParallelKind.All, branch1, branch2, branch3, branch4, branch5));

    /// <summary>6 branches that run at the same time; the result is the tuple of their outputs. The first error fails it.</summary>
    public static Flow<T, (TOut1, TOut2, TOut3, TOut4, TOut5, TOut6)> All<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(
        IFlow<T, TOut1> branch1, IFlow<T, TOut2> branch2, IFlow<T, TOut3> branch3, IFlow<T, TOut4> branch4, IFlow<T, TOut5> branch5, IFlow<T, TOut6> branch6) =>
        TupleFlow.All<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(branch1, branch2, branch3, branch4, branch5, branch6);

    /// <summary>6 branches over different types that all accept what comes before <c>&gt;&gt;</c>; the result is the tuple of their outputs.</summary>
    [OverloadResolutionPriority(-1)]
    public static AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>, IFlow<T6, TOut6>)> All<T1, TOut1, T2, TOut2, T3, TOut3, T4, TOut4, T5, TOut5, T6, TOut6>(
        IFlow<T1, TOut1> branch1, IFlow<T2, TOut2> branch2, IFlow<T3, TOut3> branch3, IFlow<T4, TOut4> branch4, IFlow<T5, TOut5> branch5, IFlow<T6, TOut6> branch6) =>
        new(ParallelFlowNode.Of(ParallelKind.All, branch1, branch2, branch3, branch4, branch5, branch6));

    /// <summary>7 branches that run at the same time; the result is the tuple of their outputs. The first error fails it.</summary>
    public static Flow<T, (TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7)> All<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(
        IFlow<T, TOut1> branch1, IFlow<T, TOut2> branch2, IFlow<T, TOut3> branch3, IFlow<T, TOut4> branch4, IFlow<T, TOut5> branch5, IFlow<T, TOut6> branch6, IFlow<T, TOut7> branch7) =>
        TupleFlow.All<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(branch1, branch2, branch3, branch4, branch5, branch6, branch7);

    /// <summary>7 branches over different types that all accept what comes before <c>&gt;&gt;</c>; the result is the tuple of their outputs.</summary>
    [OverloadResolutionPriority(-1)]
    public static AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>, IFlow<T6, TOut6>, IFlow<T7, TOut7>)> All<T1, TOut1, T2, TOut2, T3, TOut3, T4, TOut4, T5, TOut5, T6, TOut6, T7, TOut7>(
        IFlow<T1, TOut1> branch1, IFlow<T2, TOut2> branch2, IFlow<T3, TOut3> branch3, IFlow<T4, TOut4> branch4, IFlow<T5, TOut5> branch5, IFlow<T6, TOut6> branch6, IFlow<T7, TOut7> branch7) =>
        new(ParallelFlowNode.Of(ParallelKind.All, branch1, branch2, branch3, branch4, branch5, branch6, branch7));
}
