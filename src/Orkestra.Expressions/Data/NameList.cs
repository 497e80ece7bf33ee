namespace Orkestra.Expressions.Data;

/// <summary>Where the names of an object stand in a text, from the opening quotation mark to the colon.</summary>
internal sealed class NameList
{
    const int Few = 8;

    (int Start, int Length)[] places = new (int, int)[Few];
    int count;

    internal (int Start, int Length) this[int index] => places[index];

    /// <summary>Whether the name with this index stands at a place of the text too.</summary>
    internal bool IsAt(int index, byte[] text, int at)
    {
        if (index >= count) return false;
        var (start, length) = places[index];
        return text.Length - at >= length && text.AsSpan(at, length).SequenceEqual(text.AsSpan(start, length));
    }

    /// <summary>Keeps the first names.</summary>
    internal void Cut(int kept) => count = kept;

    internal void Add(int start, int length)
    {
        if (count == places.Length) Array.Resize(ref places, count * 2);
        places[count++] = (start, length);
    }

    /// <summary>Whether no name is there twice; false also when that is too costly to tell.</summary>
    internal bool AreUnique(byte[] text)
    {
        if (count > Few) return AreHashesUnique(text);
        for (var i = 1; i < count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (IsAt(j, text, places[i].Start)) return false;
            }
        }

        return true;
    }

    bool AreHashesUnique(byte[] text)
    {
        var hashes = new HashSet<int>(count);
        foreach (var (start, length) in places.AsSpan(0, count))
        {
            var hash = new HashCode();
            hash.AddBytes(text.AsSpan(start, length));
            if (!hashes.Add(hash.ToHashCode())) return false;
        }

        return true;
    }
}
