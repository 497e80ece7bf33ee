using System.ComponentModel;

namespace Orkestra.Authoring;

/// <summary>Explains a tuple of more branches than there are overloads for. Nothing here can be called.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TupleLimit
{
    const string Explanation = "A tuple has at most 7 branches. Group some of them, as in (a, b, (c >> d), Flow.Input<T>() >> (e, f)), or use a list: [a, b, …].";

    extension<TIn, TMid>(Flow<TIn, TMid>)
    {
        /// <summary>8 branches are too many.</summary>
        [Obsolete(Explanation, error: true)]
        public static Flow<TIn, object> operator >>(Flow<TIn, TMid> left, (IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow) right) => throw new NotSupportedException();

        /// <summary>9 branches are too many.</summary>
        [Obsolete(Explanation, error: true)]
        public static Flow<TIn, object> operator >>(Flow<TIn, TMid> left, (IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow) right) => throw new NotSupportedException();

        /// <summary>10 branches are too many.</summary>
        [Obsolete(Explanation, error: true)]
        public static Flow<TIn, object> operator >>(Flow<TIn, TMid> left, (IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow) right) => throw new NotSupportedException();

        /// <summary>11 branches are too many.</summary>
        [Obsolete(Explanation, error: true)]
        public static Flow<TIn, object> operator >>(Flow<TIn, TMid> left, (IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow) right) => throw new NotSupportedException();

        /// <summary>12 branches are too many.</summary>
        [Obsolete(Explanation, error: true)]
        public static Flow<TIn, object> operator >>(Flow<TIn, TMid> left, (IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow, IFlow) right) => throw new NotSupportedException();
    }
}
