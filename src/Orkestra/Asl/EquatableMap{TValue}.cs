using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Orkestra.Asl;

/// <summary>
/// An immutable map from names to values, compared by its members. Members keep their order, equality does not look at it (as in JSON). The default
/// value is a field that is absent: it has no members, but is not equal to an empty map.
/// </summary>
/// <typeparam name="TValue">The values.</typeparam>
[SuppressMessage("Naming", "CA1710", Justification = "It is a map.")]
public readonly struct EquatableMap<TValue> : IReadOnlyDictionary<string, TValue>, IEquatable<EquatableMap<TValue>>
{
    readonly OrderedDictionary<string, TValue>? members;

    /// <summary>A map of these members, copied, in this order.</summary>
    /// <exception cref="ArgumentException">Two members have the same name.</exception>
    public EquatableMap(IEnumerable<KeyValuePair<string, TValue>> members) =>
        this.members = new OrderedDictionary<string, TValue>(members, StringComparer.Ordinal);

    /// <summary>A map of these members, copied, in this order.</summary>
    /// <exception cref="ArgumentException">Two members have the same name.</exception>
    public EquatableMap(IEnumerable<(string Name, TValue Value)> members)
        : this(members.Select(member => KeyValuePair.Create(member.Name, member.Value)))
    {
    }

    /// <summary>Whether the field is not there at all, which is not the same as an empty map.</summary>
    public bool IsAbsent => members is null;

    /// <summary>The number of members.</summary>
    public int Count => members?.Count ?? 0;

    /// <summary>The names in order.</summary>
    public IEnumerable<string> Keys => members?.Keys ?? Enumerable.Empty<string>();

    /// <summary>The values in order.</summary>
    public IEnumerable<TValue> Values => members?.Values ?? Enumerable.Empty<TValue>();

    /// <summary>The member with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    public TValue this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no member '{key}'.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => members is not null && members.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out TValue value)
    {
        if (members is not null) return members.TryGetValue(key, out value);
        value = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(EquatableMap<TValue> other)
    {
        if (ReferenceEquals(members, other.members)) return true;
        if (members is null || other.members is null || members.Count != other.members.Count) return false;
        foreach (var (name, value) in members)
        {
            if (!other.members.TryGetValue(name, out var same) || !EqualityComparer<TValue>.Default.Equals(value, same)) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is EquatableMap<TValue> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = Count;
        foreach (var (name, value) in this) hash ^= HashCode.Combine(name, value);
        return hash;
    }

    /// <summary>The members as the writer of a test would show them.</summary>
    public override string ToString() => IsAbsent ? "absent" : $"{{{string.Join(", ", this.Select(member => $"{member.Key} = {member.Value}"))}}}";

    /// <summary>Enumerates the members in order.</summary>
    public IEnumerator<KeyValuePair<string, TValue>> GetEnumerator() =>
        (members ?? Enumerable.Empty<KeyValuePair<string, TValue>>()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Equal members.</summary>
    public static bool operator ==(EquatableMap<TValue> left, EquatableMap<TValue> right) => left.Equals(right);

    /// <summary>Not equal members.</summary>
    public static bool operator !=(EquatableMap<TValue> left, EquatableMap<TValue> right) => !left.Equals(right);
}
