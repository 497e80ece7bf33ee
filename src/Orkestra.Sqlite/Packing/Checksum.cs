using System.Buffers.Binary;
using System.Numerics;

namespace Orkestra.Sqlite.Packing;

/// <summary>CRC-32C, which processors compute themselves.</summary>
internal static class Checksum
{
    /// <summary>The checksum of bytes and of two numbers that say where they belong.</summary>
    internal static uint Of(ReadOnlySpan<byte> bytes, long first, long second)
    {
        var sum = BitOperations.Crc32C(uint.MaxValue, (ulong)first);
        sum = BitOperations.Crc32C(sum, (ulong)second);
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..]) sum = BitOperations.Crc32C(sum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var one in bytes) sum = BitOperations.Crc32C(sum, one);
        return ~sum;
    }
}
