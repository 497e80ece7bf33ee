using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Orkestra.Hosting.Running;

/// <summary>The seeds of a runtime's executions. Tokens of tasks follow from them, so the first one cannot be guessed. Safe to use from any thread.</summary>
internal sealed class SeedSequence
{
    Padded last = new() { Value = First() };

    internal ulong Next() => Interlocked.Add(ref last.Value, 0x9E3779B97F4A7C15);

    // A random GUID comes from the operating system like the numbers of System.Security.Cryptography, without the time it takes to load that.
    static ulong First()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ ulong.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), 32);
    }

    // Alone in its cache line: every start writes it, and what lay beside it would have to be fetched anew by all other threads.
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    struct Padded
    {
        [FieldOffset(128)]
        internal ulong Value;
    }
}
