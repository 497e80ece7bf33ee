using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Orkestra.Asl;

/// <summary>
/// An immutable list compared by its elements. The default value is a field that is absent: it has no elements, but is not equal to an empty list.
/// </summary>
/// <typeparam name="T">The elements.</typeparam>
[CollectionBuilder(typeof(EquatableList), nameof(EquatableList.Create))]
[SuppressMessage("Naming", "CA1710", Justification = "It is a list.")]
public readonly struct EquatableList<T> : IReadOnlyList<T>, IEquatable<EquatableList<T>>
{
    readonly T[]? items;

    internal EquatableList(T[] items) => this.items = items;

    /// <summary>Whether the field is not there at all, which is not the same as an empty list.</summary>
    public bool IsAbsent => items is null;

    /// <summary>The number of elements.</summary>
    public int Count => items?.Length ?? 0;

    /// <summary>The elements.</summary>
    public ReadOnlySpan<T> Span => items;

    /// <summary>The element at an index from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such element.</exception>
    public T this[int index] => (uint)index < (uint)Count
        ? items![index]
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The list has {Count} elements.");

    /// <inheritdoc/>
    public bool Equals(EquatableList<T> other) =>
        ReferenceEquals(items, other.items) || (items is not null && other.items is not null && items.AsSpan().SequenceEqual(other.items));

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is EquatableList<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var item in Span) hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The elements as the writer of a test would show them.</summary>
    public override string ToString() => IsAbsent ? "absent" : $"[{string.Join(", ", items!)}]";

    /// <summary>Enumerates the elements.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => Span.GetEnumerator();

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => (items ?? []).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => (items ?? []).GetEnumerator();

    /// <summary>Equal elements in the same order.</summary>
    public static bool operator ==(EquatableList<T> left, EquatableList<T> right) => left.Equals(right);

    /// <summary>Not equal elements.</summary>
    public static bool operator !=(EquatableList<T> left, EquatableList<T> right) => !left.Equals(right);
}
