using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Datasets;

/// <summary>
/// Items that a distributed Map reads by itself (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html), made by <see cref="S3Items"/>. Immutable.
/// </summary>
/// <typeparam name="TIn">The payload from which bucket and key are computed.</typeparam>
/// <typeparam name="TItem">An item.</typeparam>
public sealed class ItemSource<TIn, TItem>
{
    internal ItemSource(MapDataset dataset) => Dataset = dataset;

    internal MapDataset Dataset { get; }

    /// <summary>The same items, but not more than so many.</summary>
    /// <param name="maxItems">How many; at least 1 and at most 100,000,000.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is less or more.</exception>
    public ItemSource<TIn, TItem> Take(int maxItems)
    {
        const int most = 100_000_000;
        ArgumentOutOfRangeException.ThrowIfLessThan(maxItems, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxItems, most);
        return new(Dataset with { MaxItems = maxItems });
    }
}

/// <summary>
/// Datasets in S3. Locally a bucket is a folder: <c>new OrkestraOptions { Objects = new FolderObjectStore("data") }</c> reads the bucket <c>uploads</c> from <c>data/uploads</c>. Buckets and keys are
/// C# expressions over the payload; a bucket that is known only at deployment is a placeholder: <c>_ => "${Uploads}"</c>.
/// </summary>
public static class S3Items
{
    /// <summary>The elements of a JSON array.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="pointer">Where the array is inside the object, a JSON pointer such as <c>/orders</c>; the whole object when null.</param>
    public static ItemSource<TIn, TItem> Json<TIn, TItem>(Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>> key, string? pointer = null) =>
        new(Of<TItem>(bucket, key, "JSON") with { Pointer = pointer });

    /// <summary>The lines of a JSON Lines object.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    public static ItemSource<TIn, TItem> JsonLines<TIn, TItem>(Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>> key) => new(Of<TItem>(bucket, key, "JSONL"));

    /// <summary>
    /// The rows of a CSV object. A column belongs to the member whose JSON name it has (<c>[JsonPropertyName("Unit Price")]</c>). Step Functions reads all cells as texts; the state machine makes
    /// numbers and <c>bool</c> of them where the members are, and null of an empty cell where a member is nullable.
    /// </summary>
    /// <typeparam name="TIn">The payload.</typeparam>
    /// <typeparam name="TItem">A row: a type with a member for each column that is used, or a dictionary.</typeparam>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    /// <param name="columns">The names of the columns, when the first row does not have them; null when it does.</param>
    /// <param name="delimiter">What is between columns; commas by default.</param>
    public static ItemSource<TIn, TItem> Csv<TIn, TItem>(
        Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>> key, IReadOnlyList<string>? columns = null, CsvDelimiter delimiter = CsvDelimiter.Comma) =>
        new(Of<TItem>(bucket, key, "CSV") with { IsText = true, Columns = columns, Delimiter = delimiter == CsvDelimiter.Comma ? null : delimiter.ToString().ToUpperInvariant() });

    /// <summary>The rows of a Parquet object. Locally the runtime needs the package Orkestra.Datasets: <c>DatasetOptions.Formats = [new ParquetFormat()]</c>.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The object's key.</param>
    public static ItemSource<TIn, TItem> Parquet<TIn, TItem>(Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>> key) => new(Of<TItem>(bucket, key, "PARQUET"));

    /// <summary>The objects that an Amazon S3 Inventory in CSV lists, by the key of its <c>manifest.json</c>. The members of a row are the inventory's fields, converted as those of CSV.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The manifest's key.</param>
    public static ItemSource<TIn, TItem> Inventory<TIn, TItem>(Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>> key) =>
        new(Of<TItem>(bucket, key, "MANIFEST") with { ManifestType = "S3_INVENTORY", IsText = true });

    /// <summary>The rows of an Athena UNLOAD in JSON Lines, by the key of the manifest that the query wrote.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="key">The manifest's key.</param>
    public static ItemSource<TIn, TItem> AthenaUnload<TIn, TItem>(Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>> key) =>
        new(Of<TItem>(bucket, key, "JSONL") with { ManifestType = "ATHENA_DATA" });

    /// <summary>The objects of a bucket, without their content.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="prefix">What their keys begin with; all objects when null.</param>
    public static ItemSource<TIn, ListedObject> Objects<TIn>(Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>>? prefix = null)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return new(new MapDataset { IsListing = true, Bucket = bucket, Key = prefix, Item = typeof(ListedObject) });
    }

    /// <summary>The items inside all objects of a bucket, which hold JSON Lines.</summary>
    /// <param name="bucket">The bucket's name.</param>
    /// <param name="prefix">What the keys of the objects begin with; all objects when null.</param>
    public static ItemSource<TIn, TItem> JsonLinesOf<TIn, TItem>(Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>>? prefix = null)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        return new(new MapDataset { IsListing = true, Bucket = bucket, Key = prefix, InputType = "JSONL", Item = typeof(TItem) });
    }

    static MapDataset Of<TItem>(LambdaExpression bucket, LambdaExpression key, string inputType)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(key);
        return new MapDataset { Bucket = bucket, Key = key, InputType = inputType, Item = typeof(TItem) };
    }
}

/// <summary>What is between the columns of CSV.</summary>
public enum CsvDelimiter
{
    /// <summary>A comma.</summary>
    Comma,

    /// <summary>A vertical bar.</summary>
    Pipe,

    /// <summary>A semicolon.</summary>
    Semicolon,

    /// <summary>A space.</summary>
    Space,

    /// <summary>A tabulator.</summary>
    Tab,
}
