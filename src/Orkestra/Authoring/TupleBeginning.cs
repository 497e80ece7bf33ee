using Orkestra.Authoring.Branching;

namespace Orkestra.Authoring;

/// <summary>
/// <c>(a, b) &gt;&gt; c</c>: a chain that begins with branches. Its input goes to each branch, and <c>c</c> takes their outcomes. A chain that begins with a list has no type of its own to begin with:
/// <c>Flow.Input&lt;T&gt;() &gt;&gt; [a, b]</c>.
/// </summary>
public static class TupleBeginning
{
    extension<T, TOut1, TOut2, TOut>((IFlow<T, TOut1>, IFlow<T, TOut2>))
    {
        /// <summary>2 branches with an outcome each, and what follows them.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>) left, IFlow<(Outcome<TOut1>, Outcome<TOut2>), TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2>(Flow.Input<T>(), left.Item1, left.Item2) >> right;

        /// <summary>2 branches, and what follows them whatever they give.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>) left, IFlow<object, TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2>(Flow.Input<T>(), left.Item1, left.Item2) >> right;
    }

    extension<T, TOut1, TOut2, TOut3, TOut>((IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>))
    {
        /// <summary>3 branches with an outcome each, and what follows them.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>) left, IFlow<(Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>), TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3) >> right;

        /// <summary>3 branches, and what follows them whatever they give.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>) left, IFlow<object, TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3) >> right;
    }

    extension<T, TOut1, TOut2, TOut3, TOut4, TOut>((IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>))
    {
        /// <summary>4 branches with an outcome each, and what follows them.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>) left, IFlow<(Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>), TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3, TOut4>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3, left.Item4) >> right;

        /// <summary>4 branches, and what follows them whatever they give.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>) left, IFlow<object, TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3, TOut4>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3, left.Item4) >> right;
    }

    extension<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut>((IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>))
    {
        /// <summary>5 branches with an outcome each, and what follows them.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>) left, IFlow<(Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>), TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3, TOut4, TOut5>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3, left.Item4, left.Item5) >> right;

        /// <summary>5 branches, and what follows them whatever they give.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>) left, IFlow<object, TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3, TOut4, TOut5>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3, left.Item4, left.Item5) >> right;
    }

    extension<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut>((IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>, IFlow<T, TOut6>))
    {
        /// <summary>6 branches with an outcome each, and what follows them.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>, IFlow<T, TOut6>) left, IFlow<(Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>, Outcome<TOut6>), TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3, left.Item4, left.Item5, left.Item6) >> right;

        /// <summary>6 branches, and what follows them whatever they give.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>, IFlow<T, TOut6>) left, IFlow<object, TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3, left.Item4, left.Item5, left.Item6) >> right;
    }

    extension<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7, TOut>((IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>, IFlow<T, TOut6>, IFlow<T, TOut7>))
    {
        /// <summary>7 branches with an outcome each, and what follows them.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>, IFlow<T, TOut6>, IFlow<T, TOut7>) left, IFlow<(Outcome<TOut1>, Outcome<TOut2>, Outcome<TOut3>, Outcome<TOut4>, Outcome<TOut5>, Outcome<TOut6>, Outcome<TOut7>), TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3, left.Item4, left.Item5, left.Item6, left.Item7) >> right;

        /// <summary>7 branches, and what follows them whatever they give.</summary>
        public static Flow<T, TOut> operator >>(
            (IFlow<T, TOut1>, IFlow<T, TOut2>, IFlow<T, TOut3>, IFlow<T, TOut4>, IFlow<T, TOut5>, IFlow<T, TOut6>, IFlow<T, TOut7>) left, IFlow<object, TOut> right) =>
            TupleFlow.Captured<T, TOut1, TOut2, TOut3, TOut4, TOut5, TOut6, TOut7>(Flow.Input<T>(), left.Item1, left.Item2, left.Item3, left.Item4, left.Item5, left.Item6, left.Item7) >> right;
    }
}
