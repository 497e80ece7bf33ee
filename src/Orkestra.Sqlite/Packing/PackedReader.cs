using System.Buffers.Binary;
using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Sqlite.Packing;

/// <summary>Reads what a <see cref="PackedBuffer"/> wrote.</summary>
internal ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    internal static readonly JsonReadOptions Deep = new() { MaxDepth = JsonWriter.MaxDepth };

    ReadOnlySpan<byte> rest = bytes;

    internal readonly bool IsAtEnd => rest.IsEmpty;

    internal byte Byte() => Take(1)[0];

    internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    internal ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new FormatException("A number in it has too many digits.");
    }

    internal int Count() => Number() is <= int.MaxValue and var count ? (int)count : throw new FormatException("A count in it is too large.");

    internal string Text()
    {
        var number = Number();
        if ((number & 1) == 0) return Encoding.UTF8.GetString(Take(number >> 1));
        var units = Take(checked((number >> 2) * 2));
        return string.Create(units.Length / 2, units, static (text, units) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(units[(i * 2)..]);
        });
    }

    internal JsonValue Value()
    {
        try
        {
            return JsonValue.Parse(Counted(), Deep);
        }
        catch (JsonFormatException problem)
        {
            throw new FormatException($"A value in it is not JSON: {problem.Message}", problem);
        }
    }

    internal ReadOnlySpan<byte> Counted() => Take(Number());

    ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length) throw new FormatException("It ends too early.");
        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }
}
