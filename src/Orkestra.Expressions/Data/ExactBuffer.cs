using System.Buffers;

namespace Orkestra.Expressions.Data;

/// <summary>Takes bytes whose count is known, so that they are neither moved nor copied; grows when the count was too small.</summary>
internal sealed class ExactBuffer(int expected) : IBufferWriter<byte>
{
    byte[] bytes = GC.AllocateUninitializedArray<byte>(expected);
    int count;

    internal ReadOnlySpan<byte> Written => bytes.AsSpan(0, count);

    public void Advance(int count) => this.count += count;

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = checked(count + Math.Max(sizeHint, 1));
        if (needed > bytes.Length) Array.Resize(ref bytes, (int)Math.Min(Math.Max(needed, bytes.Length * 2L), Array.MaxLength));
        return bytes.AsMemory(count);
    }

    internal byte[] ToArray() => count == bytes.Length ? bytes : Written.ToArray();
}
