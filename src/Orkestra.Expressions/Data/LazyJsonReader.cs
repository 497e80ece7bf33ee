using System.Runtime.InteropServices;
using System.Text;

namespace Orkestra.Expressions.Data;

/// <summary>Makes the values of a container of a <see cref="LazyJsonText"/>, which was checked: nothing here can fail. Large containers among them are left for later.</summary>
internal ref struct LazyJsonReader
{
    readonly LazyJsonText text;
    readonly byte[] bytes;
    readonly LazyJsonText.Extent extent;
    Slot[] values = new Slot[16];
    int count;
    int next;
    int at;

    /// <summary>A reader of the container with an index among the text's extents.</summary>
    internal LazyJsonReader(LazyJsonText text, int index)
    {
        this.text = text;
        bytes = text.Bytes;
        extent = text.Extents[index];
        next = index + 1;
        at = extent.Start + 1;
    }

    internal JsonValue[] ReadElements()
    {
        if (extent.Count == 0) return [];
        var elements = new JsonValue[extent.Count];
        for (var i = 0; i < elements.Length; i++)
        {
            elements[i] = Value(extent.Level + 1);
            at++;
        }

        return elements;
    }

    internal JsonValue[] ReadMembers(out JsonShape shape) => Members(extent.Level, out shape);

    JsonValue Value(int level)
    {
        switch (bytes[at])
        {
            case (byte)'{' or (byte)'[' when next < text.Extents.Length && text.Extents[next].Start == at:
                var large = next;
                at = text.Extents[large].End;
                next = text.Extents[large].Next;
                return text.Defer(large);
            case (byte)'{':
                at++;
                var members = Members(level, out var shape);
                return members.Length == 0 ? JsonObject.Empty : new JsonObject(shape, members);
            case (byte)'[':
                at++;
                return JsonArray.Wrap(Elements(level));
            case (byte)'"':
                return JsonString.Create(Text());
            case (byte)'t':
                at += 4;
                return JsonBoolean.True;
            case (byte)'f':
                at += 5;
                return JsonBoolean.False;
            case (byte)'n':
                at += 4;
                return JsonNull.Instance;
            default:
                return Number();
        }
    }

    JsonValue[] Elements(int level)
    {
        var start = count;
        if (bytes[at] != ']')
        {
            do Push(Value(level + 1));
            while (bytes[at++] == ',');
            return Pop(start);
        }

        at++;
        return [];
    }

    JsonValue[] Members(int level, out JsonShape shape)
    {
        shape = JsonShape.Empty;
        if (bytes[at] == '}')
        {
            at++;
            return [];
        }

        var start = count;
        var known = text.Names[level];
        var matched = 0;
        List<(int Start, int Length)>? own = null;
        do
        {
            if (own is null && known is not null && matched < known.Places.Length && IsAt(known.Places[matched]))
            {
                at += known.Places[matched++].Length;
            }
            else
            {
                own ??= known is null ? [] : [.. known.Places.AsSpan(0, matched)];
                var name = at;
                at = End(out _) + 2;
                own.Add((name, at - name));
            }

            Push(Value(level + 1));
        }
        while (bytes[at++] == ',');
        shape = own is null && matched == known!.Places.Length ? known.Shape : Keep(level, own?.ToArray() ?? known!.Places[..matched]);
        return Pop(start);
    }

    readonly bool IsAt((int Start, int Length) name) =>
        bytes.Length - at >= name.Length && bytes.AsSpan(at, name.Length).SequenceEqual(bytes.AsSpan(name.Start, name.Length));

    JsonShape Keep(int level, (int Start, int Length)[] places)
    {
        var names = new string[places.Length];
        var resume = at;
        for (var i = 0; i < names.Length; i++)
        {
            at = places[i].Start;
            names[i] = Text();
        }

        at = resume;
        var shape = JsonShape.Of(names);
        text.Names[level] = new LazyNames(shape, places);
        return shape;
    }

    // Of the string that begins here, the place of the closing quotation mark.
    readonly int End(out bool isEscaped)
    {
        isEscaped = false;
        var end = at + 1;
        while (true)
        {
            end = JsonBytes.NextSpecial(bytes, end);
            if (bytes[end] == '"') return end;
            isEscaped = true;
            end += 2;
        }
    }

    string Text()
    {
        var end = End(out var isEscaped);
        var source = bytes.AsSpan(at + 1, end - at - 1);
        at = end + 1;
        if (isEscaped) return JsonReader.Unescape(source);
        return Ascii.IsValid(source) ? string.Create(source.Length, source, static (text, source) => Ascii.ToUtf16(source, text, out _)) : Encoding.UTF8.GetString(source);
    }

    JsonNumber Number()
    {
        var start = at;
        while (bytes[at] is not ((byte)',' or (byte)']' or (byte)'}')) at++;
        var source = bytes.AsSpan(start, at - start);
        return JsonReader.ToNumber(source);
    }

    void Push(JsonValue value)
    {
        if (count == values.Length) Array.Resize(ref values, count * 2);
        values[count++].Value = value;
    }

    JsonValue[] Pop(int start)
    {
        var popped = MemoryMarshal.CreateReadOnlySpan(ref values[start].Value, count - start).ToArray();
        count = start;
        return popped;
    }

    // An array of structs takes values without looking whether it is really an array of them.
    struct Slot
    {
        internal JsonValue Value;
    }
}
