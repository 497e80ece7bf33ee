namespace Orkestra.Authoring;

/// <summary>
/// <c>&gt;&gt;</c> where the left side gives a list and the right side takes an array, such as <c>load &gt;&gt; bill.Map()</c> with a <c>List&lt;T&gt;</c>, or the other way: both are the same JSON array.
/// Strings and dictionaries, which travel as something else, still do not fit.
/// </summary>
public static class SequenceComposition
{
    extension<TIn, TMid, T, TOut>(Flow<TIn, TMid>)
        where TMid : IReadOnlyList<T>
    {
        /// <summary>One after the other; the list arrives as an array.</summary>
        /// <exception cref="WorkflowException">The elements are bytes: an array of those travels as text, a list does not.</exception>
        public static Flow<TIn, TOut> operator >>(Flow<TIn, TMid> left, IFlow<T[], TOut> right) => Sequence<TIn, TMid, T, TOut>(left, right);
    }

    extension<TIn, T, TOut>(Flow<TIn, IEnumerable<T>>)
    {
        /// <summary>One after the other; the sequence arrives as an array.</summary>
        /// <exception cref="WorkflowException">The elements are bytes: an array of those travels as text, a sequence does not.</exception>
        public static Flow<TIn, TOut> operator >>(Flow<TIn, IEnumerable<T>> left, IFlow<T[], TOut> right) => Sequence<TIn, IEnumerable<T>, T, TOut>(left, right);
    }

    extension<TIn, T, TOut>(Flow<TIn, T[]>)
    {
        /// <summary>One after the other; the array arrives as a list.</summary>
        /// <exception cref="WorkflowException">The elements are bytes: an array of those travels as text, a list does not.</exception>
        public static Flow<TIn, TOut> operator >>(Flow<TIn, T[]> left, IFlow<List<T>, TOut> right) =>
            typeof(T) == typeof(byte) ? throw Bytes(typeof(List<T>)) : new(Composition.Sequence(left, right));
    }

    extension<TIn, TMid, TOut>(Flow<TIn, TMid>)
        where TMid : System.Collections.IList
    {
        /// <summary>One after the other; a flow over <c>object?</c> elements takes the elements of any list.</summary>
        public static Flow<TIn, TOut> operator >>(Flow<TIn, TMid> left, IFlow<object[], TOut> right) => new(Composition.Sequence(left, right));
    }

    static Flow<TIn, TOut> Sequence<TIn, TMid, T, TOut>(Flow<TIn, TMid> left, IFlow<T[], TOut> right) =>
        typeof(T) == typeof(byte) && typeof(TMid) != typeof(byte[]) ? throw Bytes(typeof(TMid)) : new(Composition.Sequence(left, right));

    static WorkflowException Bytes(Type list) => new($"{TypeName.Of(list)} travels as an array of numbers and byte[] as Base64 text. Let both sides be byte[].");
}
