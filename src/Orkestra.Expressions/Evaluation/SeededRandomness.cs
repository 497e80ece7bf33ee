using System.Buffers.Binary;

namespace Orkestra.Expressions.Evaluation;

/// <summary>
/// Randomness that is a function of its seed alone: the same seed gives the same sequence on every machine and in every version. Not for
/// secrets, and not safe for use by several threads.
/// </summary>
/// <param name="seed">Where the sequence starts.</param>
public sealed class SeededRandomness(ulong seed) : IRandomness
{
    ulong state = seed;

    /// <inheritdoc/>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <inheritdoc/>
    public Guid NextUuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    // SplitMix64 (Steele, Lea, Flood 2014): one addition and a mix for each number.
    ulong Next()
    {
        state += 0x9E3779B97F4A7C15;
        var mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }
}
