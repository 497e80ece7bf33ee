using Orkestra.Hosting.Datasets;
using ZstdSharp;

namespace Orkestra.Datasets;

/// <summary>
/// Zstandard (RFC 8878) for item readers: put one into <see cref="DatasetOptions.Compressions"/>. Frames whose window is larger than 128 MiB are
/// refused. Safe to use from several threads.
/// </summary>
public sealed class ZstandardCompression : IDatasetCompression
{
    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Signature { get; } = new byte[] { 0x28, 0xB5, 0x2F, 0xFD };

    /// <inheritdoc/>
    public Stream Decompress(Stream compressed)
    {
        ArgumentNullException.ThrowIfNull(compressed);
        return new DecompressionStream(compressed, leaveOpen: false);
    }
}
