using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Orkestra.Expressions.Data;

namespace Orkestra.Sqlite.Packing;

/// <summary>Takes numbers, texts and values in the form <see cref="PackedReader"/> reads. Its memory is rented: return it with <see cref="Dispose"/>.</summary>
internal sealed class PackedBuffer(int expected = 256) : IBufferWriter<byte>, IDisposable
{
    byte[] bytes = ArrayPool<byte>.Shared.Rent(expected);
    int count;

    internal int Count => count;

    internal Span<byte> Written => bytes.AsSpan(0, count);

    public void Dispose()
    {
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        count = 0;
    }

    public void Advance(int count) => this.count += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return bytes.AsSpan(count);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 1));
        return bytes.AsMemory(count);
    }

    internal void Byte(byte value)
    {
        Reserve(1);
        bytes[count++] = value;
    }

    internal void Int64(long value)
    {
        Reserve(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(count), value);
        count += sizeof(long);
    }

    internal void Int32(int value)
    {
        Reserve(sizeof(int));
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(count), value);
        count += sizeof(int);
    }

    /// <summary>A number of seven bits a byte, lowest first; the high bit says that more follow.</summary>
    internal void Number(ulong value)
    {
        Reserve(10);
        for (; value >= 0x80; value >>= 7) bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
    }

    /// <summary>Twice the length in bytes, and UTF-8; or one more, and UTF-16 for texts with half a surrogate pair, which UTF-8 cannot hold.</summary>
    internal void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Number((ulong)length << 1);
        Reserve(length);
        if (Utf8.FromUtf16(text, bytes.AsSpan(count), out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done && written == length)
        {
            count += length;
            return;
        }

        count -= LengthOf((ulong)length << 1);
        Number(((ulong)text.Length << 2) | 1);
        Reserve(text.Length * 2);
        foreach (var c in text)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(count), c);
            count += 2;
        }
    }

    /// <summary>The length in bytes, and UTF-8 JSON.</summary>
    internal void Value(JsonValue value) => Counted(Math.Max(value.Utf8Length, 0), value, static (buffer, value) => JsonWriter.Write(value, buffer));

    /// <summary>The length in bytes, and what is written.</summary>
    /// <param name="expected">How many bytes there will be; another number costs a copy.</param>
    /// <param name="state">What <paramref name="write"/> writes.</param>
    /// <param name="write">Writes to this buffer.</param>
    internal void Counted<T>(int expected, T state, Action<PackedBuffer, T> write)
    {
        var at = count;
        var room = LengthOf((ulong)expected);
        Reserve(room + expected);
        count += room;
        write(this, state);
        var length = count - at - room;
        var needed = LengthOf((ulong)length);
        if (needed != room)
        {
            Reserve(Math.Max(0, needed - room));
            bytes.AsSpan(at + room, length).CopyTo(bytes.AsSpan(at + needed));
        }

        count = at;
        Number((ulong)length);
        count += length;
    }

    static int LengthOf(ulong number)
    {
        var length = 1;
        for (; number >= 0x80; number >>= 7) length++;
        return length;
    }

    void Reserve(int more)
    {
        var needed = checked(count + more);
        if (needed <= bytes.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Math.Max(needed, bytes.Length * 2L), Array.MaxLength));
        Written.CopyTo(larger);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
