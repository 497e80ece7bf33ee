using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Data;

/// <summary>An immutable JSON array. A collection expression makes one: <c>JsonArray numbers = [1, 2, 3];</c>.</summary>
[CollectionBuilder(typeof(JsonArray), nameof(Create))]
[SuppressMessage("Naming", "CA1710", Justification = "JSON's own name.")]
public sealed class JsonArray : JsonValue, IReadOnlyList<JsonValue>
{
    const int Foreign = -1;

    readonly int count;

    // The elements as JsonValue[], or a LazyContainer until they are read.
    object store;
    int utf8Length;
    int depth;

    internal JsonArray(JsonValue[] items, int count)
    {
        store = items;
        this.count = count;
    }

    /// <summary>An array that was read and makes its elements when they are first looked at.</summary>
    internal JsonArray(LazyContainer kept, in LazyJsonText.Extent extent)
    {
        store = kept;
        count = extent.Count;
        utf8Length = extent.Length;
        depth = extent.Depth;
    }

    /// <summary>An array for use inside an evaluator, some of whose elements are not JSON: it must be rewritten before a caller sees it.</summary>
    internal static JsonArray WithForeignElements(JsonValue[] items, int count) => new(items, count) { utf8Length = Foreign };

    /// <summary>The array without elements.</summary>
    public static JsonArray Empty { get; } = new([], 0);

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Array;

    internal bool HasForeignElements => utf8Length == Foreign;

    /// <summary>Set once every number in it is known to have the text the evaluator of AWS Step Functions writes. Whoever sets it writes the same.</summary>
    internal bool HasPlainNumbers { get; set; }

    /// <summary>The text of this array while its elements have not been read, as <see cref="JsonWriter"/> writes it.</summary>
    internal LazyContainer? Kept => store as LazyContainer;

    /// <summary>The elements.</summary>
    public ReadOnlySpan<JsonValue> Span => new(Items, 0, count);

    JsonValue[] Items => store.GetType() == typeof(JsonValue[]) ? Unsafe.As<JsonValue[]>(store) : ReadItems();

    /// <summary>The element at an index from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public new JsonValue this[int index]
    {
        get
        {
            if ((uint)index >= (uint)count) throw new ArgumentOutOfRangeException(nameof(index), index, $"The array has {count} elements.");
            return Items[index];
        }
    }

    /// <inheritdoc/>
    public override int Utf8Length
    {
        get
        {
            if (Volatile.Read(ref utf8Length) == 0) Measure();
            return utf8Length;
        }
    }

    /// <inheritdoc/>
    public override int Depth
    {
        get
        {
            if (Volatile.Read(ref utf8Length) == 0) Measure();
            return depth;
        }
    }

    /// <summary>An array of these elements, copied.</summary>
    public static JsonArray Create(ReadOnlySpan<JsonValue> items) => items.Length == 0 ? Empty : new JsonArray(items.ToArray(), items.Length);

    /// <summary>An array of these elements, copied.</summary>
    public static JsonArray Create(IEnumerable<JsonValue> items)
    {
        var copy = items.ToArray();
        return copy.Length == 0 ? Empty : new JsonArray(copy, copy.Length);
    }

    /// <summary>An array over the given elements, which are not copied.</summary>
    /// <param name="items">The elements. The caller must not change the array any more.</param>
    public static JsonArray Wrap(JsonValue[] items) => items.Length == 0 ? Empty : new JsonArray(items, items.Length);

    /// <summary>This array with one element replaced; all other elements are shared.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public JsonArray With(int index, JsonValue value)
    {
        if ((uint)index >= (uint)count) throw new ArgumentOutOfRangeException(nameof(index), index, $"The array has {count} elements.");
        var copy = Span.ToArray();
        copy[index] = value;
        return new JsonArray(copy, count);
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonValue? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is not JsonArray array || array.count != count) return false;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return EqualsOnDeepStack(other);
        var (mine, theirs) = (Items, array.Items);
        for (var i = 0; i < count; i++)
        {
            if (!mine[i].Equals(theirs[i])) return false;
        }

        return true;
    }

    bool EqualsOnDeepStack(JsonValue other) => DeepStack.Run(() => Equals(other));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return DeepStack.Run(GetHashCode);
        var hash = new HashCode();
        hash.Add(count);
        foreach (var item in Span) hash.Add(item.GetHashCode());
        return hash.ToHashCode();
    }

    /// <summary>Enumerates the elements.</summary>
    public ReadOnlySpan<JsonValue>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<JsonValue> IEnumerable<JsonValue>.GetEnumerator()
    {
        for (var i = 0; i < count; i++) yield return Items[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<JsonValue>)this).GetEnumerator();

    void MeasureOnDeepStack() => DeepStack.Run(() =>
    {
        Measure();
        return true;
    });

    void Measure()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            MeasureOnDeepStack();
            return;
        }

        long length = 2 + Math.Max(0, count - 1);
        var deepest = 0;
        foreach (var item in Span)
        {
            length += item.Utf8Length;
            deepest = Math.Max(deepest, item.Depth);
        }

        depth = deepest + 1;
        Volatile.Write(ref utf8Length, (int)Math.Min(length, int.MaxValue));
    }

    // Threads that look at the same time all make the elements; those of the first are kept.
    JsonValue[] ReadItems()
    {
        var known = Volatile.Read(ref store);
        if (known is not LazyContainer kept) return (JsonValue[])known;
        var items = kept.ReadElements();
        known = Interlocked.CompareExchange(ref store, items, kept);
        return ReferenceEquals(known, kept) ? items : (JsonValue[])known;
    }
}
