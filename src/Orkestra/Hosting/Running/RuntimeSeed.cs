using System.Buffers.Binary;

namespace Orkestra.Hosting.Running;

/// <summary>Where the seeds of a runtime's executions begin. Tokens of tasks follow from them, so they cannot be guessed.</summary>
internal static class RuntimeSeed
{
    // A random GUID comes from the operating system like the numbers of System.Security.Cryptography, without the time it takes to load that.
    internal static ulong New()
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ ulong.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]), 32);
    }
}
