using System.Text;

namespace Orkestra.Expressions.Data;

/// <summary>
/// The member names of an object, in order. Objects with the same names share one shape, so a reader that sees the same shape again may
/// reuse the index it found the last time. Immutable, and safe to use from any thread.
/// </summary>
/// <example><code>static readonly JsonShape Point = new("x", "y");
/// JsonObject At(JsonValue x, JsonValue y) => JsonObject.Wrap(Point, [x, y]);</code></example>
public sealed class JsonShape
{
    const int LinearSearch = 8;

    // A larger shape is not remembered: an object that grows name by name would keep every shape it ever had.
    const int MostGrown = 32;

    // Few and short names, so that what is shared stays below a megabyte.
    const int SharedBits = 9;
    const int MostShared = 16;
    const int LongestShared = 32;

    static readonly JsonShape?[] Shared = new JsonShape?[1 << SharedBits];

    readonly string[] names;
    Dictionary<string, int>? index;
    byte[][]? written;
    bool isWritten;
    JsonShape? grown;
    int utf8Length;

    /// <summary>A shape for objects that are made often (<see cref="JsonObject.Wrap"/>).</summary>
    /// <param name="names">The names in order.</param>
    /// <exception cref="ArgumentException">A name is there twice.</exception>
    public JsonShape(params ReadOnlySpan<string> names)
    {
        this.names = names.ToArray();
        if (names.Length > LinearSearch && this.names.ToHashSet(StringComparer.Ordinal).Count == names.Length) return;
        for (var i = 1; i < names.Length; i++)
        {
            if (names[..i].Contains(names[i])) throw new ArgumentException($"The name '{names[i]}' is there twice. The members of an object have different names.", nameof(names));
        }
    }

    JsonShape(string[] names, int utf8Length) => (this.names, this.utf8Length) = (names, utf8Length);

    /// <summary>A shape over names that all differ, which the caller no longer changes.</summary>
    internal static JsonShape Wrap(string[] names) => new(names, 0);

    /// <summary>The shape with these names, shared with recent requests for the same names, so that a remembered place in a shape is found again.</summary>
    internal static JsonShape Of(ReadOnlySpan<string> names)
    {
        if (names.Length == 0) return Empty;
        if (names.Length > MostShared) return Wrap(names.ToArray());
        var hash = (uint)names.Length;
        foreach (var name in names)
        {
            if (name.Length > LongestShared) return Wrap(names.ToArray());
            hash = (hash * 31) + (uint)name.Length;
            if (name.Length > 0) hash = (((hash * 31) + name[0]) * 31) + ((uint)name[name.Length / 2] << 8) + name[^1];
        }

        ref var place = ref Shared[(hash * 0x9E3779B9) >> (32 - SharedBits)];
        var known = Volatile.Read(ref place);
        if (known is not null && names.SequenceEqual(known.names)) return known;
        known = Wrap(names.ToArray());
        Volatile.Write(ref place, known);
        return known;
    }

    internal static JsonShape Empty { get; } = Wrap([]);

    /// <summary>How many names there are.</summary>
    public int Count => names.Length;

    /// <summary>The names in order.</summary>
    public ReadOnlySpan<string> Names => names;

    /// <summary>Bytes of the names as written: quotes, escapes, colons and the commas between members.</summary>
    internal int Utf8Length => utf8Length == 0 && names.Length > 0 ? Measure() : utf8Length;

    internal string this[int at] => names[at];

    /// <summary>
    /// A comma, each name as JSON text, and a colon: what stands before each value of an object. Null the first time, and for large shapes: most of those are written once.
    /// </summary>
    internal byte[][]? Written
    {
        get
        {
            if (written is not null) return written;
            if (names.Length > MostGrown || !isWritten)
            {
                isWritten = true;
                return null;
            }

            return written = Array.ConvertAll(names, name => Encoding.UTF8.GetBytes($",{JsonString.Create(name).ToJson()}:"));
        }
    }

    internal int IndexOf(string name)
    {
        if (names.Length > LinearSearch) return Lookup(name);
        for (var i = 0; i < names.Length; i++)
        {
            if (ReferenceEquals(names[i], name)) return i;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (string.Equals(names[i], name)) return i;
        }

        return -1;
    }

    /// <summary>This shape with one more name, which it must not have. Adding the same name again gives the same shape, so objects that grow alike share theirs.</summary>
    internal JsonShape Add(string name)
    {
        if (names.Length >= MostGrown) return Wrap([.. names, name]);
        var known = grown;
        if (known is not null && string.Equals(known.names[^1], name)) return known;
        return grown = Wrap([.. names, name]);
    }

    int Measure()
    {
        var length = names.Length - 1;
        foreach (var name in names) length += JsonWriter.StringLength(name) + 1;
        return utf8Length = length;
    }

    internal JsonShape RemoveAt(int at) => names.Length == 1 ? Empty : Wrap([.. names.AsSpan(0, at), .. names.AsSpan(at + 1)]);

    int Lookup(string name)
    {
        var known = index;
        if (known is null)
        {
            known = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
            for (var i = 0; i < names.Length; i++) known.Add(names[i], i);
            index = known;
        }

        return known.TryGetValue(name, out var at) ? at : -1;
    }
}
