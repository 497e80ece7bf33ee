using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Data;

/// <summary>
/// An immutable JSON object. Members keep the order in which they were written; equality does not look at the order. Of members with the same
/// name the last one counts.
/// </summary>
[SuppressMessage("Naming", "CA1710", Justification = "JSON's own name.")]
public sealed class JsonObject : JsonValue, IReadOnlyDictionary<string, JsonValue>
{
    const int Foreign = -1;
    const int MaxMeasuredDepth = 0xFF_FFFF;
    const int MaxGrown = int.MaxValue / 2;

    JsonShape? shape;

    // The values as JsonValue[], or a LazyContainer until they are read.
    object store;
    int utf8Length;

    // The depth in three bytes: with the flag behind it, it takes no more room than a number of four.
    ushort lowDepth;
    byte highDepth;
    bool hasPlainNumbers;

    /// <summary>An object over a shape and its values, which the caller no longer changes; one value for each name.</summary>
    internal JsonObject(JsonShape shape, JsonValue[] values)
    {
        this.shape = shape;
        store = values;
    }

    /// <summary>An object that was read and makes its members when they are first looked at.</summary>
    internal JsonObject(LazyContainer kept, in LazyJsonText.Extent extent)
    {
        store = kept;
        utf8Length = extent.Length;
        SetDepth(extent.Depth);
    }

    /// <summary>An object for use inside an evaluator, some of whose members are not JSON: it must be rewritten before a caller sees it.</summary>
    internal static JsonObject WithForeignMembers(JsonShape shape, JsonValue[] values) => new(shape, values) { utf8Length = Foreign };

    /// <summary>An object over an array of values, which is not copied: the quickest way to make many objects with the same names.</summary>
    /// <param name="shape">The names.</param>
    /// <param name="values">A value for each name, in the same order. The caller must not change the array any more.</param>
    /// <exception cref="ArgumentException">There are more or fewer values than names.</exception>
    public static JsonObject Wrap(JsonShape shape, JsonValue[] values)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(values);
        if (shape.Count != values.Length) throw new ArgumentException($"The shape has {shape.Count} names, and there are {values.Length} values.", nameof(values));
        return new JsonObject(shape, values);
    }

    /// <summary>The object without members.</summary>
    public static JsonObject Empty { get; } = new(JsonShape.Empty, []);

    /// <inheritdoc/>
    public int Count => Store.Length;

    /// <inheritdoc/>
    public override JsonKind Kind => JsonKind.Object;

    /// <summary>The member names in order.</summary>
    public ReadOnlySpan<string> Names => Shape.Names;

    /// <summary>The member values in the order of <see cref="Names"/>.</summary>
    public ReadOnlySpan<JsonValue> Values => Store;

    /// <summary>The names of its members. Objects that are made with the same shape, or with the same names one soon after the other, share it.</summary>
    public JsonShape Shape => shape ?? ReadShape();

    /// <summary>The text of this object while its members have not been read, as <see cref="JsonWriter"/> writes it.</summary>
    internal LazyContainer? Kept => store as LazyContainer;

    internal bool HasForeignMembers => utf8Length == Foreign;

    /// <summary>Set once every number in it is known to have the text the evaluator of AWS Step Functions writes. Whoever sets it writes the same.</summary>
    internal bool HasPlainNumbers { get => hasPlainNumbers; set => hasPlainNumbers = value; }

    /// <summary>The values by the index a <see cref="JsonShape"/> gives.</summary>
    internal JsonValue[] Store => store.GetType() == typeof(JsonValue[]) ? Unsafe.As<JsonValue[]>(store) : ReadStore();

    IEnumerable<string> IReadOnlyDictionary<string, JsonValue>.Keys => Shape.Names.ToArray();

    IEnumerable<JsonValue> IReadOnlyDictionary<string, JsonValue>.Values => Store.AsEnumerable();

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
            return (highDepth << 16) | lowDepth;
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
    public bool ContainsKey(string key) => Shape.IndexOf(key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out JsonValue value)
    {
        var at = Shape.IndexOf(key);
        value = at < 0 ? null : Store[at];
        return at >= 0;
    }

    /// <summary>This object with one member replaced, or added at the end; all other members are shared.</summary>
    public JsonObject With(string name, JsonValue value)
    {
        var at = Shape.IndexOf(name);
        return at < 0 ? Added(Shape.Add(name), value) : Replaced(at, value);
    }

    /// <summary>This object with the value at an index replaced, measured by what differs. The value and the members are JSON.</summary>
    internal JsonObject WithValueAt(int at, JsonValue value)
    {
        var replaced = Store[at];
        if (ReferenceEquals(replaced, value)) return this;
        var made = Replaced(at, value);
        // Without its deepest member it is measured from the beginning.
        var (depth, ownDepth) = (value.Depth + 1, Depth);
        if (depth >= ownDepth || replaced.Depth + 1 < ownDepth) made.SetMeasure(utf8Length, (long)value.Utf8Length - replaced.Utf8Length, Math.Max(depth, ownDepth));
        return made;
    }

    /// <summary>This object with one more member, measured by what differs. The value and the members are JSON.</summary>
    /// <param name="larger">The shape of this object with one more name.</param>
    /// <param name="value">The value of that name.</param>
    internal JsonObject WithAdded(JsonShape larger, JsonValue value)
    {
        var made = Added(larger, value);
        var depth = Math.Max(Depth, value.Depth + 1);
        made.SetMeasure(utf8Length, (long)value.Utf8Length + larger.Utf8Length - Shape.Utf8Length, depth);
        return made;
    }

    JsonObject Replaced(int at, JsonValue value)
    {
        var copy = Store.AsSpan().ToArray();
        copy[at] = value;
        return new JsonObject(Shape, copy);
    }

    JsonObject Added(JsonShape larger, JsonValue value) => new(larger, [.. Store, value]);

    /// <summary>This object without one member; itself when it has no such member.</summary>
    public JsonObject Without(string name)
    {
        var values = Store;
        var at = Shape.IndexOf(name);
        if (at < 0) return this;
        return values.Length == 1 ? Empty : new JsonObject(Shape.RemoveAt(at), [.. values.AsSpan(0, at), .. values.AsSpan(at + 1)]);
    }

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] JsonValue? other)
    {
        if (ReferenceEquals(this, other)) return true;
        if (other is not JsonObject value || value.Count != Count) return false;
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return EqualsOnDeepStack(other);
        var (mine, theirs) = (Store, value.Store);
        for (var i = 0; i < mine.Length; i++)
        {
            var at = ReferenceEquals(Shape, value.Shape) ? i : value.Shape.IndexOf(Shape[i]);
            if (at < 0 || !mine[i].Equals(theirs[at])) return false;
        }

        return true;
    }

    bool EqualsOnDeepStack(JsonValue other) => DeepStack.Run(() => Equals(other));

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack()) return DeepStack.Run(GetHashCode);
        var values = Store;
        var hash = values.Length;
        for (var i = 0; i < values.Length; i++) hash ^= HashCode.Combine(Shape[i].GetHashCode(StringComparison.Ordinal), values[i].GetHashCode());
        return hash;
    }

    /// <summary>Enumerates the members in order.</summary>
    public IEnumerator<KeyValuePair<string, JsonValue>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return new KeyValuePair<string, JsonValue>(Shape[i], Store[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void SetDepth(int depth)
    {
        depth = Math.Min(depth, MaxMeasuredDepth);
        lowDepth = (ushort)depth;
        highDepth = (byte)(depth >> 16);
    }

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

        long length = 2L + Shape.Utf8Length;
        var deepest = 0;
        foreach (var value in Store)
        {
            length += value.Utf8Length;
            deepest = Math.Max(deepest, value.Depth);
        }

        SetDepth(deepest + 1);
        Volatile.Write(ref utf8Length, (int)Math.Min(length, int.MaxValue));
    }

    // Numbers at their upper bounds say nothing about a changed object, which is then measured from the beginning.
    void SetMeasure(int length, long grown, int depth)
    {
        if (depth >= MaxMeasuredDepth || length == int.MaxValue || Math.Abs(grown) >= MaxGrown || length + grown >= int.MaxValue) return;
        SetDepth(depth);
        utf8Length = (int)(length + grown);
    }

    JsonShape ReadShape()
    {
        ReadStore();
        return shape!;
    }

    // Threads that look at the same time all make the members; those of the first are kept.
    JsonValue[] ReadStore()
    {
        var known = Volatile.Read(ref store);
        if (known is not LazyContainer kept) return (JsonValue[])known;
        var values = kept.ReadMembers(out var read);
        Interlocked.CompareExchange(ref shape, read, null);
        known = Interlocked.CompareExchange(ref store, values, kept);
        return ReferenceEquals(known, kept) ? values : (JsonValue[])known;
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
        public JsonObject Build() => count == 0 ? Empty : new JsonObject(JsonShape.Of(names.AsSpan(0, count)), values.AsSpan(0, count).ToArray());

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
