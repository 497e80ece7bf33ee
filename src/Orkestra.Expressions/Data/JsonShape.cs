namespace Orkestra.Expressions.Data;

/// <summary>
/// The member names of an object, in order. Objects with the same names share one shape, so a reader that sees the same shape again may
/// reuse the index it found the last time.
/// </summary>
internal sealed class JsonShape
{
    const int LinearSearch = 8;

    // A larger shape is not remembered: an object that grows name by name would keep every shape it ever had.
    const int MostGrown = 32;

    readonly string[] names;
    Dictionary<string, int>? index;
    JsonShape? grown;
    int utf8Length;

    internal JsonShape(string[] names) => this.names = names;

    internal static JsonShape Empty { get; } = new([]);

    internal int Count => names.Length;

    internal ReadOnlySpan<string> Names => names;

    /// <summary>Bytes of the names as written: quotes, escapes, colons and the commas between members.</summary>
    internal int Utf8Length
    {
        get
        {
            if (utf8Length == 0 && names.Length > 0)
            {
                var length = names.Length - 1;
                foreach (var name in names) length += JsonWriter.StringLength(name) + 1;
                utf8Length = length;
            }

            return utf8Length;
        }
    }

    internal string this[int at] => names[at];

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
        if (names.Length >= MostGrown) return new JsonShape([.. names, name]);
        var known = grown;
        if (known is not null && string.Equals(known.names[^1], name)) return known;
        return grown = new JsonShape([.. names, name]);
    }

    internal JsonShape RemoveAt(int at) => names.Length == 1 ? Empty : new([.. names.AsSpan(0, at), .. names.AsSpan(at + 1)]);

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
