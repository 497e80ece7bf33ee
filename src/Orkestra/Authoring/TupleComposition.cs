using Orkestra.Authoring.Branching;

namespace Orkestra.Authoring;

/// <summary>
/// <c>&gt;&gt; (a, b)</c>: branches that run at the same time, each with an outcome of its own type; errors of one neither stop the others nor the run.
/// <c>&gt;&gt; All(a, b)</c>: the same with values instead of outcomes; the first error fails the run. Each branch takes what the left side gives, or <c>object?</c>.
/// </summary>
public static class TupleComposition
{
    extension<TIn, TMid, T1, TOut1, T2, TOut2>(Flow<TIn, TMid>)
        where TMid : T1, T2
    {
        /// <summary>2 branches with an outcome each.</summary>
        public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>)> operator >>(
            Flow<TIn, TMid> left, (IFlow<T1, TOut1>, IFlow<T2, TOut2>) right) =>
            TupleFlow.Captured<TIn, TOut1, TOut2>(left, right.Item1, right.Item2);

        /// <summary>2 branches with a value each.</summary>
        public static Flow<TIn, (TOut1, TOut2)> operator >>(
            Flow<TIn, TMid> left, AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>)> right) =>
            TupleFlow.After<TIn, TOut1, TOut2>(left, right.Node);
    }

    extension<TIn, TMid, T1, TOut1, T2, TOut2, T3, TOut3>(Flow<TIn, TMid>)
        where TMid : T1, T2, T3
    {
        /// <summary>3 branches with an outcome each.</summary>
        public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>)> operator >>(
            Flow<TIn, TMid> left, (IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>) right) =>
            TupleFlow.Captured<TIn, TOut1, TOut2, TOut3>(left, right.Item1, right.Item2, right.Item3);

        /// <summary>3 branches with a value each.</summary>
        public static Flow<TIn, (TOut1, TOut2, TOut3)> operator >>(
            Flow<TIn, TMid> left, AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>)> right) =>
            TupleFlow.After<TIn, TOut1, TOut2, TOut3>(left, right.Node);
    }

    extension<TIn, TMid, T1, TOut1, T2, TOut2, T3, TOut3, T4, TOut4>(Flow<TIn, TMid>)
        where TMid : T1, T2, T3, T4
    {
        /// <summary>4 branches with an outcome each.</summary>
        public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>)> operator >>(
            Flow<TIn, TMid> left, (IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>) right) =>
            TupleFlow.Captured<TIn, TOut1, TOut2, TOut3, TOut4>(left, right.Item1, right.Item2, right.Item3, right.Item4);

        /// <summary>4 branches with a value each.</summary>
        public static Flow<TIn, (TOut1, TOut2, TOut3, TOut4)> operator >>(
            Flow<TIn, TMid> left, AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>)> right) =>
            TupleFlow.After<TIn, TOut1, TOut2, TOut3, TOut4>(left, right.Node);
    }

    extension<TIn, TMid, T1, TOut1, T2, TOut2, T3, TOut3, T4, TOut4, T5, TOut5>(Flow<TIn, TMid>)
        where TMid : T1, T2, T3, T4, T5
    {
        /// <summary>5 branches with an outcome each.</summary>
        public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>)> operator >>(
            Flow<TIn, TMid> left, (IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>) right) =>
            TupleFlow.Captured<TIn, TOut1, TOut2, TOut3, TOut4, TOut5>(left, right.Item1, right.Item2, right.Item3, right.Item4, right.Item5);

        /// <summary>5 branches with a value each.</summary>
        public static Flow<TIn, (TOut1, TOut2, TOut3, TOut4, TOut5)> operator >>(
            Flow<TIn, TMid> left, AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>)> right) =>
            TupleFlow.After<TIn, TOut1, TOut2, TOut3, TOut4, TOut5>(left, right.Node);
    }

    extension<TIn, TMid, T1, TOut1, T2, TOut2, T3, TOut3, T4, TOut4, T5, TOut5, T6, TOut6>(Flow<TIn, TMid>)
        where TMid : T1, T2, T3, T4, T5, T6
    {
        /// <summary>6 branches with an outcome each.</summary>
        public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>, Outcome<TOut6>)> operator >>(
            Flow<TIn, TMid> left, (IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>, IFlow<T6, TOut6>) right) =>
            TupleFlow.Captured<TIn, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(left, right.Item1, right.Item2, right.Item3, right.Item4, right.Item5, right.Item6);

        /// <summary>6 branches with a value each.</summary>
        public static Flow<TIn, (TOut1, TOut2, TOut3, TOut4, TOut5, TOut6)> operator >>(
            Flow<TIn, TMid> left, AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>, IFlow<T6, TOut6>)> right) =>
            TupleFlow.After<TIn, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(left, right.Node);
    }

    extension<TIn, TMid, T1, TOut1, T2, TOut2, T3, TOut3, T4, TOut4, T5, TOut5, T6, TOut6, T7, TOut7>(Flow<TIn, TMid>)
        where TMid : T1, T2, T3, T4, T5, T6, T7
    {
        /// <summary>7 branches with an outcome each.</summary>
        public static Flow<TIn, (Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>, Outcome<TOut6>, Outcome<TOut7>)> operator >>(
            Flow<TIn, TMid> left, (IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>, IFlow<T6, TOut6>, IFlow<T7, TOut7>) right) =>
            TupleFlow.Captured<TIn, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(left, right.Item1, right.Item2, right.Item3, right.Item4, right.Item5, right.Item6, right.Item7);

        /// <summary>7 branches with a value each.</summary>
        public static Flow<TIn, (TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7)> operator >>(
            Flow<TIn, TMid> left, AllOf<(IFlow<T1, TOut1>, IFlow<T2, TOut2>, IFlow<T3, TOut3>, IFlow<T4, TOut4>, IFlow<T5, TOut5>, IFlow<T6, TOut6>, IFlow<T7, TOut7>)> right) =>
            TupleFlow.After<TIn, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(left, right.Node);
    }
}
