using System.Globalization;

namespace Orkestra.Expressions.Data;

/// <summary>
/// Checks a text and notes its large containers. It takes only what <see cref="JsonWriter"/> would write back to the same bytes: no white space, no escape that is not
/// needed, no name twice. All else is left to <see cref="JsonReader"/>, which also has the words for what is wrong.
/// </summary>
internal ref struct LazyJsonScanner
{
    const int Refused = -1;
    const int LongestPlainNumber = 300;

    readonly byte[] text;
    readonly int length;
    readonly int small;
    readonly int deepest;
    readonly NameList?[] names = new NameList?[LazyJsonText.Deepest + 1];
    LazyJsonText.Extent[] extents = new LazyJsonText.Extent[16];
    int count;
    int at;

    /// <summary>A scanner.</summary>
    /// <param name="text">The text and <see cref="LazyJsonText.Padding"/>.</param>
    /// <param name="length">The text's length.</param>
    /// <param name="small">A container below this length is not noted.</param>
    /// <param name="deepest">How deep the text may nest.</param>
    internal LazyJsonScanner(byte[] text, int length, int small, int deepest)
    {
        this.text = text;
        this.length = length;
        this.small = small;
        this.deepest = deepest;
    }

    /// <summary>The large containers in order; null when the text is not taken.</summary>
    internal LazyJsonText.Extent[]? Scan() => Value(0) > 0 && at == length ? extents[..count] : null;

    // How deep the value nests.
    int Value(int level)
    {
        switch (text[at])
        {
            case (byte)'{': return level < deepest ? Container(level, isObject: true) : Refused;
            case (byte)'[': return level < deepest ? Container(level, isObject: false) : Refused;
            case (byte)'"': return String() ? 0 : Refused;
            case (byte)'t': return Literal("true"u8) ? 0 : Refused;
            case (byte)'f': return Literal("false"u8) ? 0 : Refused;
            case (byte)'n': return Literal("null"u8) ? 0 : Refused;
            default: return Number() ? 0 : Refused;
        }
    }

    int Container(int level, bool isObject)
    {
        var start = at;
        var slot = count;
        if (count == extents.Length) Array.Resize(ref extents, count * 2);
        count++;
        at++;
        var depth = isObject ? Members(level, out var members) : Elements(level, out members);
        if (depth == Refused) return Refused;
        // Those it holds are smaller still, and have gone already.
        if (at - start < small) count = slot;
        else extents[slot] = new LazyJsonText.Extent(start, at, level, depth + 1, members, count);
        return depth + 1;
    }

    int Elements(int level, out int members)
    {
        members = 0;
        if (Take(']')) return 0;
        var deepestElement = 0;
        while (true)
        {
            var depth = Value(level + 1);
            if (depth == Refused) return Refused;
            deepestElement = Math.Max(deepestElement, depth);
            members++;
            if (Take(',')) continue;
            return Take(']') ? deepestElement : Refused;
        }
    }

    int Members(int level, out int members)
    {
        members = 0;
        if (Take('}')) return 0;
        // Neighbouring objects mostly have the same names: they are compared, not read, and need no look for duplicates.
        var known = names[level] ??= new NameList();
        var differs = false;
        var deepestMember = 0;
        while (true)
        {
            if (!differs && known.IsAt(members, text, at)) at += known[members].Length;
            else if (Name(known, members, ref differs)) differs = true;
            else return Refused;
            var depth = Value(level + 1);
            if (depth == Refused) return Refused;
            deepestMember = Math.Max(deepestMember, depth);
            members++;
            if (Take(',')) continue;
            return Take('}') && (!differs || known.AreUnique(text)) ? deepestMember : Refused;
        }
    }

    bool Name(NameList known, int index, ref bool differs)
    {
        if (!differs) known.Cut(index);
        var start = at;
        if (text[at] != '"' || !String() || !Take(':')) return false;
        known.Add(start, at - start);
        return true;
    }

    bool Take(char expected)
    {
        if (text[at] != expected) return false;
        at++;
        return true;
    }

    bool String()
    {
        at++;
        while (true)
        {
            at = JsonBytes.NextSpecial(text, at);
            switch (text[at])
            {
                case (byte)'"':
                    at++;
                    return true;
                case (byte)'\\' when text[at + 1] is (byte)'"' or (byte)'\\' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t':
                    at += 2;
                    break;
                default:
                    return false;
            }
        }
    }

    bool Literal(ReadOnlySpan<byte> expected)
    {
        if (!text.AsSpan(at).StartsWith(expected)) return false;
        at += expected.Length;
        return true;
    }

    bool Number()
    {
        var start = at;
        Take('-');
        if (!Take('0') && !Digits()) return false;
        if (Take('.') && !Digits()) return false;
        var isScientific = Take('e') || Take('E');
        if (isScientific)
        {
            if (!Take('+')) Take('-');
            if (!Digits()) return false;
        }

        // Only these can be beyond the range of a double.
        return (!isScientific && at - start <= LongestPlainNumber)
            || double.IsFinite(double.Parse(text.AsSpan(start, at - start), NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    bool Digits()
    {
        var start = at;
        while (text[at] is >= (byte)'0' and <= (byte)'9') at++;
        return at > start;
    }
}
