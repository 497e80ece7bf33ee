using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Orkestra.Expressions.Data;

/// <summary>
/// An immutable JSON object. Members keep the order in which they were written; equality does not look at the order. Of members with the same
/// name the last one counts.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "JSON's own name.")]
public sealed class JsonObject : JsonValue, IReadOnlyDictionary<string, JsonValue>
{
    const int Foreign = -1;

    readonly JsonShape shape;
    readonly JsonValue[] values;
    int utf8Length;
    int depth;

    /// <summary>An object over a shape and its values, which the caller no longer changes; one value for each name.</summary>
    internal JsonObject(JsonShape shape, JsonValue[] values)
    {
        this.shape = shape;
        this.values = values;
    }

    /// <summary>An object for use inside an evaluator, some of whose members are no JSON: it must be rewritten before a caller sees it.</summary>
    internal static JsonObject WithForeignMembers(JsonShape shape, JsonValue[] values) => new(shape, values) { utf8Length = Foreign };

    /// <summary>The object without members.</summary>
    public static JsonObject Empty { get; } = new(JsonShape.Empty, []);

    /// <inheritdoc/>
    public int Count => values.Length;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Object;

    /// <summary>The member names in order.</summary>
    public ReadOnlySpan<string> Names => shape.Names;

    /// <summary>The member values in the order of <see cref="Names"/>.</summary>
    public ReadOnlySpan<JsonValue> Values => values;

    internal JsonShape Shape => shape;

    internal bool HasForeignMembers => utf8Length == Foreign;

    /// <summary>The values by the index a <see cref="JsonShape"/> gives.</summary>
    internal JsonValue[] Store => values;

    IEnumerable<string> IReadOnlyDictionary<string, JsonValue>.Keys => shape.Names.ToArray();

    IEnumerable<JsonValue> IReadOnlyDictionary<string, JsonValue>.Values => values.AsEnumerable();

    /// <summary>The member with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such member.</exception>
    JsonValue IReadOnlyDictionary<string, JsonValue>.this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The object has no member '{key}'.");

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

    /// <summary>An object of these members. Of members with the same name the last value counts, at the place of the first.</summary>
    public static JsonObject Create(params ReadOnlySpan<(string Name, JsonValue Value)> members)
    {
        var builder = new Builder(members.Length);
        foreach (var (name, value) in members) builder.Set(name, value);
        return builder.Build();
    }

    /// <summary>An object of these members. Of members with the same name the last value counts, at the place of the first.</summary>
    public static JsonObject Create(IEnumerable<KeyValuePair<string, JsonValue>> members)
    {
        var builder = new Builder();
        foreach (var (name, value) in members) builder.Set(name, value);
        return builder.Build();
    }

    /// <summary>Whether there is a member with this name.</summary>
    public bool ContainsKey(string key) => shape.IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonValue value)
    {
        var at = shape.IndexOf(key);
        value = at < 0 ? null : values[at];
        return at >= 0;
    }

    /// <summary>This object with one member replaced, or added at the end; all other members are shared.</summary>
    public JsonObject With(string name, JsonValue value)
    {
        var at = shape.IndexOf(name);
        if (at < 0) return new JsonObject(shape.Add(name), [.. values, value]);
        var copy = (JsonValue[])values.Clone();
        copy[at] = value;
        return new JsonObject(shape, copy);
    }

    /// <summary>This object without one member; itself when it has no such member.</summary>
    public JsonObject Without(string name)
    {
        var at = shape.IndexOf(name);
        if (at < 0) return this;
        return values.Length == 1 ? Empty : new JsonObject(shape.RemoveAt(at), [.. values.AsSpan(0, at), .. values.AsSpan(at + 1)]);
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonValue? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is not JsonObject value || value.values.Length != values.Length) return false;
        RuntimeHelpers.EnsureSufficientExecutionStack();
        for (var i = 0; i < values.Length; i++)
        {
            var at = i < value.values.Length && ReferenceEquals(shape, value.shape) ? i : value.shape.IndexOf(shape[i]);
            if (at < 0 || !values[i].Equals(value.values[at])) return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var hash = values.Length;
        for (var i = 0; i < values.Length; i++) hash ^= HashCode.Combine(shape[i].GetHashCode(StringComparison.Ordinal), values[i].GetHashCode());
        return hash;
    }

    /// <summary>Enumerates the members in order.</summary>
    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator()
    {
        for (var i = 0; i < values.Length; i++) yield return new KeyValuePair<string, JsonValue>(shape[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void Measure()
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        long length = 2L + shape.Utf8Length;
        var deepest = 0;
        foreach (var value in values)
        {
            length += value.Utf8Length;
            deepest = Math.Max(deepest, value.Depth);
        }

        depth = deepest + 1;
        Volatile.Write(ref utf8Length, (int)Math.Min(length, int.MaxValue));
    }

    /// <summary>Gathers members of an object. Not safe for use by several threads.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "Found where it is used.")]
    public sealed class Builder
    {
        const int LinearSearch = 16;

        string[] names;
        JsonValue[] values;
        Dictionary<string, int>? index;
        int count;

        /// <summary>A builder without members.</summary>
        /// <param name="capacity">How many members are expected.</param>
        public Builder(int capacity = 4)
        {
            names = new string[capacity];
            values = new JsonValue[capacity];
        }

        /// <summary>How many members there are.</summary>
        public int Count => count;

        /// <summary>Adds a member, or replaces the value of the one with this name.</summary>
        public Builder Set(string name, JsonValue value)
        {
            ArgumentNullException.ThrowIfNull(name);
            ArgumentNullException.ThrowIfNull(value);
            var at = Find(name);
            if (at >= 0)
            {
                values[at] = value;
                return this;
            }

            if (count == names.Length)
            {
                Array.Resize(ref names, Math.Max(4, count * 2));
                Array.Resize(ref values, names.Length);
            }

            names[count] = name;
            values[count] = value;
            index?.Add(name, count);
            count++;
            return this;
        }

        /// <summary>The object, as it is now.</summary>
        public JsonObject Build() => count == 0 ? Empty : new JsonObject(new JsonShape(names.AsSpan(0, count).ToArray()), values.AsSpan(0, count).ToArray());

        int Find(string name)
        {
            if (count <= LinearSearch)
            {
                for (var i = 0; i < count; i++)
                {
                    if (string.Equals(names[i], name)) return i;
                }

                return -1;
            }

            if (index is null)
            {
                index = new Dictionary<string, int>(count * 2, StringComparer.Ordinal);
                for (var i = 0; i < count; i++) index.Add(names[i], i);
            }

            return index.TryGetValue(name, out var at) ? at : -1;
        }
    }
}
