using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;

namespace Orkestra.Authoring.Branching;

/// <summary>Makes the flows whose output is a tuple, and makes the tuples known to the serializer.</summary>
internal static class TupleFlow
{
    public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>)> Captured<TIn, TOut1, TOut2>(IFlow left, IFlow flow1, IFlow flow2)
    {
        PayloadTypes.Outcome<TOut1>();
        PayloadTypes.Outcome<TOut2>();
        Known<Outcome<TOut1>, Outcome<TOut2>>();
        return new(Composition.Sequence(left, Tuple(flow1, flow2)));
    }

    public static Flow<TIn, (TOut1, TOut2)> After<TIn, TOut1, TOut2>(IFlow left, FlowNode all)
    {
        Known<TOut1, TOut2>();
        return new(Composition.Sequence(left, all));
    }

    public static Flow<T, (TOut1, TOut2)> All<T, TOut1, TOut2>(IFlow flow1, IFlow flow2)
    {
        Known<TOut1, TOut2>();
        return new(ParallelFlowNode.Of(ParallelKind.All, flow1, flow2));
    }

    static void Known<TOut1, TOut2>() =>
        PayloadTypes.Tuple(static items => ((TOut1)items[0]!, (TOut2)items[1]!), typeof(TOut1), typeof(TOut2));

    public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>)> Captured<TIn, TOut1, TOut2, TOut3>(IFlow left, IFlow flow1, IFlow flow2, IFlow flow3)
    {
        PayloadTypes.Outcome<TOut1>();
        PayloadTypes.Outcome<TOut2>();
        PayloadTypes.Outcome<TOut3>();
        Known<Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>>();
        return new(Composition.Sequence(left, Tuple(flow1, flow2, flow3)));
    }

    public static Flow<TIn, (TOut1, TOut2, TOut3)> After<TIn, TOut1, TOut2, TOut3>(IFlow left, FlowNode all)
    {
        Known<TOut1, TOut2, TOut3>();
        return new(Composition.Sequence(left, all));
    }

    public static Flow<T, (TOut1, TOut2, TOut3)> All<T, TOut1, TOut2, TOut3>(IFlow flow1, IFlow flow2, IFlow flow3)
    {
        Known<TOut1, TOut2, TOut3>();
        return new(ParallelFlowNode.Of(ParallelKind.All, flow1, flow2, flow3));
    }

    static void Known<TOut1, TOut2, TOut3>() =>
        PayloadTypes.Tuple(static items => ((TOut1)items[0]!, (TOut2)items[1]!, (TOut3)items[2]!), typeof(TOut1), typeof(TOut2), typeof(TOut3));

    public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>)> Captured<TIn, TOut1, TOut2, TOut3, TOut4>(IFlow left, IFlow flow1, IFlow flow2, IFlow flow3, IFlow flow4)
    {
        PayloadTypes.Outcome<TOut1>();
        PayloadTypes.Outcome<TOut2>();
        PayloadTypes.Outcome<TOut3>();
        PayloadTypes.Outcome<TOut4>();
        Known<Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>>();
        return new(Composition.Sequence(left, Tuple(flow1, flow2, flow3, flow4)));
    }

    public static Flow<TIn, (TOut1, TOut2, TOut3, TOut4)> After<TIn, TOut1, TOut2, TOut3, TOut4>(IFlow left, FlowNode all)
    {
        Known<TOut1, TOut2, TOut3, TOut4>();
        return new(Composition.Sequence(left, all));
    }

    public static Flow<T, (TOut1, TOut2, TOut3, TOut4)> All<T, TOut1, TOut2, TOut3, TOut4>(IFlow flow1, IFlow flow2, IFlow flow3, IFlow flow4)
    {
        Known<TOut1, TOut2, TOut3, TOut4>();
        return new(ParallelFlowNode.Of(ParallelKind.All, flow1, flow2, flow3, flow4));
    }

    static void Known<TOut1, TOut2, TOut3, TOut4>() =>
        PayloadTypes.Tuple(static items => ((TOut1)items[0]!, (TOut2)items[1]!, (TOut3)items[2]!, (TOut4)items[3]!), typeof(TOut1), typeof(TOut2), typeof(TOut3), typeof(TOut4));

    public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>)> Captured<TIn, TOut1, TOut2, TOut3, TOut4, TOut5>(IFlow left, IFlow flow1, IFlow flow2, IFlow flow3, IFlow flow4, IFlow flow5)
    {
        PayloadTypes.Outcome<TOut1>();
        PayloadTypes.Outcome<TOut2>();
        PayloadTypes.Outcome<TOut3>();
        PayloadTypes.Outcome<TOut4>();
        PayloadTypes.Outcome<TOut5>();
        Known<Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>>();
        return new(Composition.Sequence(left, Tuple(flow1, flow2, flow3, flow4, flow5)));
    }

    public static Flow<TIn, (TOut1, TOut2, TOut3, TOut4, TOut5)> After<TIn, TOut1, TOut2, TOut3, TOut4, TOut5>(IFlow left, FlowNode all)
    {
        Known<TOut1, TOut2, TOut3, TOut4, TOut5>();
        return new(Composition.Sequence(left, all));
    }

    public static Flow<T, (TOut1, TOut2, TOut3, TOut4, TOut5)> All<T, TOut1, TOut2, TOut3, TOut4, TOut5>(IFlow flow1, IFlow flow2, IFlow flow3, IFlow flow4, IFlow flow5)
    {
        Known<TOut1, TOut2, TOut3, TOut4, TOut5>();
        return new(ParallelFlowNode.Of(ParallelKind.All, flow1, flow2, flow3, flow4, flow5));
    }

    static void Known<TOut1, TOut2, TOut3, TOut4, TOut5>() =>
        PayloadTypes.Tuple(static items => ((TOut1)items[0]!, (TOut2)items[1]!, (TOut3)items[2]!, (TOut4)items[3]!, (TOut5)items[4]!), typeof(TOut1), typeof(TOut2), typeof(TOut3), typeof(TOut4), typeof(TOut5));

    public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>, Outcome<TOut6>)> Captured<TIn, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(IFlow left, IFlow flow1, IFlow flow2, IFlow flow3, IFlow flow4, IFlow flow5, IFlow flow6)
    {
        PayloadTypes.Outcome<TOut1>();
        PayloadTypes.Outcome<TOut2>();
        PayloadTypes.Outcome<TOut3>();
        PayloadTypes.Outcome<TOut4>();
        PayloadTypes.Outcome<TOut5>();
        PayloadTypes.Outcome<TOut6>();
        Known<Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>, Outcome<TOut6>>();
        return new(Composition.Sequence(left, Tuple(flow1, flow2, flow3, flow4, flow5, flow6)));
    }

    public static Flow<TIn, (TOut1, TOut2, TOut3, TOut4, TOut5, TOut6)> After<TIn, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(IFlow left, FlowNode all)
    {
        Known<TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>();
        return new(Composition.Sequence(left, all));
    }

    public static Flow<T, (TOut1, TOut2, TOut3, TOut4, TOut5, TOut6)> All<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(IFlow flow1, IFlow flow2, IFlow flow3, IFlow flow4, IFlow flow5, IFlow flow6)
    {
        Known<TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>();
        return new(ParallelFlowNode.Of(ParallelKind.All, flow1, flow2, flow3, flow4, flow5, flow6));
    }

    static void Known<TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>() =>
        PayloadTypes.Tuple(static items => ((TOut1)items[0]!, (TOut2)items[1]!, (TOut3)items[2]!, (TOut4)items[3]!, (TOut5)items[4]!, (TOut6)items[5]!), typeof(TOut1), typeof(TOut2), typeof(TOut3), typeof(TOut4), typeof(TOut5), typeof(TOut6));

    public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>, Outcome<TOut6>, Outcome<TOut7>)> Captured<TIn, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(IFlow left, IFlow flow1, IFlow flow2, IFlow flow3, IFlow flow4, IFlow flow5, IFlow flow6, IFlow flow7)
    {
        PayloadTypes.Outcome<TOut1>();
        PayloadTypes.Outcome<TOut2>();
        PayloadTypes.Outcome<TOut3>();
        PayloadTypes.Outcome<TOut4>();
        PayloadTypes.Outcome<TOut5>();
        PayloadTypes.Outcome<TOut6>();
        PayloadTypes.Outcome<TOut7>();
        Known<Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>, Outcome<TOut6>, Outcome<TOut7>>();
        return new(Composition.Sequence(left, Tuple(flow1, flow2, flow3, flow4, flow5, flow6, flow7)));
    }

    public static Flow<TIn, (TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7)> After<TIn, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(IFlow left, FlowNode all)
    {
        Known<TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>();
        return new(Composition.Sequence(left, all));
    }

    public static Flow<T, (TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7)> All<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(IFlow flow1, IFlow flow2, IFlow flow3, IFlow flow4, IFlow flow5, IFlow flow6, IFlow flow7)
    {
        Known<TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>();
        return new(ParallelFlowNode.Of(ParallelKind.All, flow1, flow2, flow3, flow4, flow5, flow6, flow7));
    }

    static void Known<TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>() =>
        PayloadTypes.Tuple(static items => ((TOut1)items[0]!, (TOut2)items[1]!, (TOut3)items[2]!, (TOut4)items[3]!, (TOut5)items[4]!, (TOut6)items[5]!, (TOut7)items[6]!), typeof(TOut1), typeof(TOut2), typeof(TOut3), typeof(TOut4), typeof(TOut5), typeof(TOut6), typeof(TOut7));

    static ParallelFlowNode Tuple(params IReadOnlyList<IFlow> branches)
    {
        return new ParallelFlowNode(ParallelKind.Tuple, [.. branches.Select(branch => new CaptureFlowNode(FlowExtensions.NodeOf(branch)))]);
    }
}
