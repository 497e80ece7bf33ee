namespace Orkestra.Hosting.Datasets;

/// <summary>
/// What item readers understand, and how much they read. The limits are those of AWS Step Functions where it documents one
/// (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html). A Map that goes beyond a limit fails with <c>States.ItemReaderFailed</c>.
/// </summary>
public sealed record DatasetOptions
{
    /// <summary>The defaults.</summary>
    public static DatasetOptions Default { get; } = new();

    /// <summary>Formats beside JSON, JSONL and CSV; none by default. One for an <c>InputType</c> that is built in takes its place.</summary>
    public IReadOnlyList<IDatasetFormat> Formats { get; init; } = [];

    /// <summary>Compressions beside gzip; none by default.</summary>
    public IReadOnlyList<IDatasetCompression> Compressions { get; init; } = [];

    /// <summary>How many bytes are read of one object, after decompression: 10 GiB by default, as on AWS.</summary>
    public long MaxObjectBytes { get; init; } = 10L * 1024 * 1024 * 1024;

    /// <summary>How many bytes one item has in its object, such as a line or a row: 8 MiB by default, as on AWS.</summary>
    public int MaxItemBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>How many items one Map reads: 100,000,000 by default, as on AWS. A larger <c>MaxItems</c> of a definition counts as this.</summary>
    public long MaxItems { get; init; } = 100_000_000;

    /// <summary>
    /// About how many bytes of memory the items of one Map take together: 512 MiB by default. AWS has no such limit; the embedded engine keeps the items of a
    /// running Map in memory.
    /// </summary>
    public long MaxMemoryBytes { get; init; } = 512L * 1024 * 1024;
}
