using System.Numerics;

namespace Orkestra.Expressions.Patterns;

/// <summary>A set of characters: UTF-16 code units, or code points where the pattern's flavor works on them. Immutable once built.</summary>
internal sealed class CharSet
{
    const int LargestCodePoint = 0x10FFFF;

    readonly ulong low;
    readonly ulong high;

    // The first and last character of each range, sorted, ranges apart.
    readonly int[] ranges;

    CharSet(int[] ranges)
    {
        this.ranges = ranges;
        for (var c = 0; c < 128; c++)
        {
            if (!Find(c)) continue;
            if (c < 64) low |= 1UL << c;
            else high |= 1UL << (c - 64);
        }
    }

    internal static CharSet None { get; } = new([]);

    internal static CharSet All { get; } = new([0, LargestCodePoint]);

    /// <summary>The set of one character.</summary>
    internal static CharSet Of(int character) => new([character, character]);

    /// <summary>The characters from the first to the last of each pair.</summary>
    internal static CharSet Ranges(params ReadOnlySpan<int> pairs) => new(Merge(pairs.ToArray()));

    /// <summary>Each of some characters.</summary>
    internal static CharSet Any(string characters) => new(Merge([.. characters.SelectMany(c => new int[] { c, c })]));

    internal bool Contains(int character) => character < 128
        ? ((character < 64 ? low >> character : high >> (character - 64)) & 1) != 0
        : Find(character);

    /// <summary>The only character, when there is one; else -1.</summary>
    internal int Only => ranges is [var first, var last] && first == last ? first : -1;

    /// <summary>How many of the characters of ASCII are in the set.</summary>
    internal int AsciiCount => BitOperations.PopCount(low) + BitOperations.PopCount(high);

    internal CharSet Union(CharSet other) => new(Merge([.. ranges, .. other.ranges]));

    internal CharSet Intersect(CharSet other) => Negate().Union(other.Negate()).Negate();

    internal CharSet Negate()
    {
        var result = new List<int>();
        var from = 0;
        for (var i = 0; i < ranges.Length; i += 2)
        {
            if (ranges[i] > from) result.AddRange([from, ranges[i] - 1]);
            from = ranges[i + 1] + 1;
        }

        if (from <= LargestCodePoint) result.AddRange([from, LargestCodePoint]);
        return new CharSet([.. result]);
    }

    /// <summary>The set with all that a comparison without regard to case takes for one of its characters.</summary>
    /// <param name="asciiOnly">Only the letters of ASCII have two cases.</param>
    internal CharSet WithBothCases(bool asciiOnly)
    {
        var more = new List<int>(ranges);
        for (var i = 0; i < ranges.Length; i += 2)
        {
            AddAscii(more, ranges[i], ranges[i + 1], 'a', 'z', 'A');
            AddAscii(more, ranges[i], ranges[i + 1], 'A', 'Z', 'a');
        }

        if (!asciiOnly && ranges.Length > 0 && ranges[^1] >= 128) LetterCases.Add(more, ranges);
        return new CharSet(Merge([.. more]));
    }

    static void AddAscii(List<int> ranges, int first, int last, char from, char to, char other)
    {
        first = Math.Max(first, from);
        last = Math.Min(last, to);
        if (first <= last) ranges.AddRange([first - from + other, last - from + other]);
    }

    bool Find(int character)
    {
        var (from, to) = (0, (ranges.Length / 2) - 1);
        while (from <= to)
        {
            var middle = (from + to) / 2;
            if (character < ranges[2 * middle]) to = middle - 1;
            else if (character > ranges[(2 * middle) + 1]) from = middle + 1;
            else return true;
        }

        return false;
    }

    static int[] Merge(int[] pairs)
    {
        var sorted = new (int First, int Last)[pairs.Length / 2];
        for (var i = 0; i < sorted.Length; i++) sorted[i] = (pairs[2 * i], pairs[(2 * i) + 1]);
        Array.Sort(sorted);
        var merged = new List<int>(pairs.Length);
        foreach (var (first, last) in sorted)
        {
            if (merged.Count > 0 && first <= merged[^1] + 1) merged[^1] = Math.Max(merged[^1], last);
            else merged.AddRange([first, last]);
        }

        return [.. merged];
    }

    /// <summary>ECMA-262's Canonicalize without the u flag: the upper case of one code unit, unless that would be several or would make ASCII of what is not.</summary>
    static class LetterCases
    {
        static readonly Dictionary<char, List<char>> Members = MakeMembers();

        internal static void Add(List<int> output, int[] ranges)
        {
            for (var i = 0; i < ranges.Length; i += 2)
            {
                for (var c = Math.Max(128, ranges[i]); c <= Math.Min(char.MaxValue, ranges[i + 1]); c++)
                {
                    if (!Members.TryGetValue(Canonical((char)c), out var members)) continue;
                    foreach (var member in members) output.AddRange([member, member]);
                }
            }
        }

        static Dictionary<char, List<char>> MakeMembers()
        {
            var members = new Dictionary<char, List<char>>();
            for (var c = 128; c <= char.MaxValue; c++)
            {
                var canonical = Canonical((char)c);
                if (canonical == c) continue;
                if (!members.TryGetValue(canonical, out var list)) members.Add(canonical, list = [canonical]);
                list.Add((char)c);
            }

            return members;
        }

        static char Canonical(char c)
        {
            // Greek letters with iota below have two letters as their upper case.
            if (c is (>= '\u1F80' and <= '\u1FAF') or '\u1FB3' or '\u1FBC' or '\u1FC3' or '\u1FCC' or '\u1FF3' or '\u1FFC') return c;
            var upper = char.ToUpperInvariant(c);
            return upper < 128 && c >= 128 ? c : upper;
        }
    }
}
