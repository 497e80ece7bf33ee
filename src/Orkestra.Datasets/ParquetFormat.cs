using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Orkestra.Asl.Maps;
using Orkestra.Hosting.Datasets;
using Parquet;
using Parquet.Serialization;

namespace Orkestra.Datasets;

/// <summary>
/// Apache Parquet for item readers, <c>InputType</c> <c>PARQUET</c>: put one into <see cref="DatasetOptions.Formats"/>. Each row is an object with a member for every
/// column of the schema. Safe to use from several threads.
/// </summary>
/// <remarks>
/// As on AWS, a row group has at most 256 MiB and the footer at most 5 MiB
/// (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html). Numbers stay numbers, timestamps are whole milliseconds since 1970, lists are
/// arrays, and structures and maps are objects. Where AWS documents nothing: dates, times and UUIDs are ISO text, bytes are Base64 text, and what JSON has no number
/// for (NaN and infinities) is null. One row group is in memory at a time; it must fit into <see cref="DatasetOptions.MaxMemoryBytes"/>.
/// </remarks>
public sealed class ParquetFormat : IDatasetFormat
{
    const long LargestRowGroup = 256 * 1024 * 1024;
    const int LargestFooter = 5 * 1024 * 1024;

    // About what a value takes until it is a part of an item.
    const int ValueBytes = 48;

    static readonly ParquetOptions Reading = new() { UseBigDecimal = true, UseDateOnlyTypeForDates = true };

    /// <inheritdoc/>
    public string InputType => "PARQUET";

    /// <inheritdoc/>
    public async IAsyncEnumerable<DatasetItem> ReadAsync(
        Stream content, ReaderConfig config, DatasetOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(options);
        // A Parquet file is read from its end.
        var copy = content.CanSeek ? null : await CopyAsync(content, cancellationToken).ConfigureAwait(false);
        try
        {
            var file = copy ?? content;
            await CheckFooterAsync(file, cancellationToken).ConfigureAwait(false);
            var reader = await ParquetReader.CreateAsync(file, Reading, leaveStreamOpen: true, cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                for (var group = 0; group < reader.RowGroupCount; group++)
                {
                    var facts = reader.Metadata!.RowGroups[group];
                    var values = facts.Columns.Sum(column => column.MetaData?.NumValues ?? 0);
                    if (facts.TotalByteSize > LargestRowGroup) throw new DatasetException($"Row group {group} of the Parquet file has {facts.TotalByteSize} bytes. The limit is 256 MiB: write smaller row groups.");
                    if (values > options.MaxMemoryBytes / ValueBytes)
                    {
                        throw new DatasetException(
                            $"Row group {group} of the Parquet file has {values} values, too many for {options.MaxMemoryBytes} bytes of memory. Write smaller row groups, or raise {nameof(DatasetOptions)}.{nameof(DatasetOptions.MaxMemoryBytes)}.");
                    }

                    file.Position = 0;
                    var rows = await ParquetSerializer.DeserializeUntypedAsync(file, Reading, group, cancellationToken).ConfigureAwait(false);
                    foreach (var row in rows.Data) yield return new DatasetItem(ParquetValues.Row(rows.Schema.Fields, row));
                }
            }
        }
        finally
        {
            if (copy is not null) await copy.DisposeAsync().ConfigureAwait(false);
        }
    }

    static async ValueTask CheckFooterAsync(Stream file, CancellationToken cancellationToken)
    {
        // … footer, its length, PAR1
        var end = new byte[8];
        if (file.Length < 12) throw new DatasetException("The object is not a Parquet file: it is too short.");
        file.Position = file.Length - end.Length;
        await file.ReadExactlyAsync(end, cancellationToken).ConfigureAwait(false);
        if (!end.AsSpan(4).SequenceEqual("PAR1"u8)) throw new DatasetException("The object is not a Parquet file: it does not end with 'PAR1'.");
        var length = BinaryPrimitives.ReadUInt32LittleEndian(end);
        if (length > LargestFooter) throw new DatasetException($"The footer of the Parquet file has {length} bytes. The limit is 5 MiB: write fewer or larger row groups.");
        if (length > file.Length - 12) throw new DatasetException("The object is not a Parquet file: its footer is longer than the file.");
        file.Position = 0;
    }

    static async ValueTask<Stream> CopyAsync(Stream content, CancellationToken cancellationToken)
    {
        var copy = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose);
        try
        {
            await content.CopyToAsync(copy, cancellationToken).ConfigureAwait(false);
            return copy;
        }
        catch
        {
            await copy.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
