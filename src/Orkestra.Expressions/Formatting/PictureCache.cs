using System.Collections.Concurrent;

namespace Orkestra.Expressions.Formatting;

/// <summary>Keeps analysed pictures, so a picture that is used again costs a lookup. Holds a bounded number and starts over when full.</summary>
internal sealed class PictureCache<T>(Func<string, T> analyse)
{
    const int Capacity = 256;
    const int LongestKept = 256;

    readonly ConcurrentDictionary<string, T> known = new(StringComparer.Ordinal);

    internal T Get(string picture)
    {
        if (known.TryGetValue(picture, out var found)) return found;
        var analysed = analyse(picture);
        if (picture.Length > LongestKept) return analysed;
        if (known.Count >= Capacity) known.Clear();
        known.TryAdd(picture, analysed);
        return analysed;
    }
}
