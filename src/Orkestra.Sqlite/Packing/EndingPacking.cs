using System.Buffers.Binary;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Packing;

/// <summary>How an execution ended, as bytes: a version, a checksum, and what there is of output, error and cause.</summary>
internal static class EndingPacking
{
    const byte Version = 1;
    const int ChecksumAt = 1;
    const int BodyAt = 5;
    const byte HasOutput = 1;
    const byte HasError = 2;
    const byte HasCause = 4;

    /// <summary>Whether there is anything to keep.</summary>
    internal static bool IsNeeded(ExecutionRecord record) => record.Output is not null || record.Error is not null || record.Cause is not null;

    internal static PackedBuffer Write(ExecutionRecord record)
    {
        var buffer = new PackedBuffer();
        buffer.Byte(Version);
        buffer.Int32(0);
        buffer.Byte((byte)((record.Output is null ? 0 : HasOutput) | (record.Error is null ? 0 : HasError) | (record.Cause is null ? 0 : HasCause)));
        if (record.Output is { } output) buffer.Value(output);
        if (record.Error is { } error) buffer.Text(error);
        if (record.Cause is { } cause) buffer.Text(cause);
        return buffer;
    }

    /// <summary>Adds the checksum for the execution it belongs to.</summary>
    internal static void Seal(Span<byte> packed, long execution, ExecutionStatus status) =>
        BinaryPrimitives.WriteUInt32LittleEndian(packed[ChecksumAt..], Checksum.Of(packed[BodyAt..], execution, StoredCodes.Of(status)));

    /// <exception cref="FormatException">The bytes are damaged, or a later version wrote them.</exception>
    internal static (JsonValue? Output, string? Error, string? Cause) Read(ReadOnlySpan<byte> packed, long execution, ExecutionStatus status)
    {
        if (packed.Length <= BodyAt) throw new FormatException("It ends too early.");
        if (packed[0] != Version) throw new FormatException($"It has the form {packed[0]}, and this version of Orkestra reads the form {Version}.");
        if (BinaryPrimitives.ReadUInt32LittleEndian(packed[ChecksumAt..]) != Checksum.Of(packed[BodyAt..], execution, StoredCodes.Of(status)))
            throw new FormatException("Its checksum is wrong: the bytes are damaged.");
        var reader = new PackedReader(packed[BodyAt..]);
        var members = reader.Byte();
        return (
            (members & HasOutput) != 0 ? reader.Value() : null,
            (members & HasError) != 0 ? reader.Text() : null,
            (members & HasCause) != 0 ? reader.Text() : null);
    }
}
