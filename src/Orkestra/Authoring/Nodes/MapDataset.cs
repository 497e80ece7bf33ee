using System.Linq.Expressions;

namespace Orkestra.Authoring.Nodes;

/// <summary>Where a distributed Map takes its items from, instead of its input, and where its results go.</summary>
internal sealed record MapDataset
{
    /// <summary>Whether the items are a listing of objects, instead of what an object holds.</summary>
    public bool IsListing { get; init; }

    /// <summary>From the payload to the name of the bucket.</summary>
    public required LambdaExpression Bucket { get; init; }

    /// <summary>From the payload to the object's key, or to the prefix of a listing; null for a listing of the whole bucket.</summary>
    public LambdaExpression? Key { get; init; }

    /// <summary>The format of the object, or of each object of a listing; null for JSON, and for a listing itself.</summary>
    public string? InputType { get; init; }

    /// <summary>The kind of manifest that the object is; null when it is none.</summary>
    public string? ManifestType { get; init; }

    /// <summary>The columns of CSV without a header row; null when the first row names them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The delimiter of CSV; null for commas.</summary>
    public string? Delimiter { get; init; }

    /// <summary>Where inside of JSON the items are; null for the whole.</summary>
    public string? Pointer { get; init; }

    /// <summary>How many items to read; null for all.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The type of an item.</summary>
    public required Type Item { get; init; }

    /// <summary>Whether the values of an item are texts, whatever their type says: rows of CSV.</summary>
    public bool IsText { get; init; }

    /// <summary>How many items a batch has; null for no batches.</summary>
    public int? BatchItems { get; init; }

    /// <summary>How many bytes a batch has; null for no limit.</summary>
    public int? BatchBytes { get; init; }

    /// <summary>Where the results go; null for the output of the Map.</summary>
    public MapResults? Results { get; init; }
}

/// <summary>Where the results of a distributed Map go.</summary>
/// <param name="Bucket">From the payload to the name of the bucket.</param>
/// <param name="Prefix">From the payload to a prefix for keys; null for none.</param>
/// <param name="Transformation">What the files hold.</param>
/// <param name="OutputType">Their format.</param>
internal sealed record MapResults(LambdaExpression Bucket, LambdaExpression? Prefix, string Transformation, string OutputType);
