using System.IO.Compression;

namespace Orkestra.Hosting.Datasets;

/// <summary>Opens the content of an object: decompressed, whatever its key is, and no longer than it may be.</summary>
internal static class DatasetContent
{
    const int LongestSignature = 8;

    static readonly IDatasetCompression[] BuiltIn = [new Gzip()];

    /// <param name="stored">The object's stream, which the result takes over.</param>
    /// <param name="isParquet">Whether a Parquet file is expected.</param>
    /// <param name="options">The compressions and limits.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    internal static async ValueTask<Stream> OpenAsync(Stream stored, bool isParquet, DatasetOptions options, CancellationToken cancellationToken)
    {
        var head = new byte[LongestSignature];
        var count = await stored.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var first = head.AsMemory(0, count);
        if (BuiltIn.Concat(options.Compressions).FirstOrDefault(compression => first.Span.StartsWith(compression.Signature.Span)) is { } compression)
            return new CountedStream(default, compression.Decompress(Rewound(stored, first, long.MaxValue)), options.MaxObjectBytes);
        if (first.Span.StartsWith(Zstandard))
            throw new DatasetException($"The object is compressed with Zstandard. To read it, add the package Orkestra.Datasets and put a ZstandardCompression into {nameof(DatasetOptions)}.{nameof(DatasetOptions.Compressions)}.");
        if (!isParquet && first.Span.StartsWith("PAR1"u8)) throw new DatasetException("The object is a Parquet file. Set InputType to PARQUET.");
        if (stored.CanSeek && stored.Length > options.MaxObjectBytes) throw CountedStream.TooLarge(options.MaxObjectBytes);
        return Rewound(stored, first, options.MaxObjectBytes);
    }

    static Stream Rewound(Stream stored, ReadOnlyMemory<byte> first, long limit)
    {
        if (!stored.CanSeek) return new CountedStream(first, stored, limit);
        stored.Seek(-first.Length, SeekOrigin.Current);
        return stored;
    }

    static ReadOnlySpan<byte> Zstandard => [0x28, 0xB5, 0x2F, 0xFD];

    sealed class Gzip : IDatasetCompression
    {
        public ReadOnlyMemory<byte> Signature { get; } = new byte[] { 0x1F, 0x8B };

        public Stream Decompress(Stream compressed) => new GZipStream(compressed, CompressionMode.Decompress);
    }
}
