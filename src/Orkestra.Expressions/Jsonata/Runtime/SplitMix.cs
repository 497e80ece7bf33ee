using System.Buffers.Binary;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>Random numbers from a seed (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014).</summary>
internal sealed class SplitMix(ulong seed)
{
    ulong state = seed;

    /// <summary>An unpredictable seed.</summary>
    // A random GUID comes from the operating system like the numbers of System.Security.Cryptography, without the time it takes to load that.
    internal static ulong NewSeed()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ ulong.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), 32);
    }

    internal ulong NextUInt64()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 up to but not 1.</summary>
    internal double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));
}
