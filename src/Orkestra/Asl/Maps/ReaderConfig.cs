using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Maps;

/// <summary>The format of the dataset an <see cref="ItemReader"/> reads.</summary>
public sealed record ReaderConfig : AslElement
{
    /// <summary><c>CSV</c>, <c>JSON</c>, <c>JSONL</c>, <c>PARQUET</c> or <c>MANIFEST</c>.</summary>
    public string? InputType { get; init; }

    /// <summary>What a listing of objects gives: <c>NONE</c> (their metadata) or <c>LOAD_AND_FLATTEN</c> (their content).</summary>
    public string? Transformation { get; init; }

    /// <summary>What kind of manifest: <c>ATHENA_DATA</c> or <c>S3_INVENTORY</c>.</summary>
    public string? ManifestType { get; init; }

    /// <summary>Where the column names are: <c>FIRST_ROW</c> or <c>GIVEN</c>.</summary>
    public string? CSVHeaderLocation { get; init; }

    /// <summary>The column names, when they are given here.</summary>
    public EquatableList<string> CSVHeaders { get; init; }

    /// <summary>What parts the columns: <c>COMMA</c> (the default), <c>PIPE</c>, <c>SEMICOLON</c>, <c>SPACE</c> or <c>TAB</c>.</summary>
    public string? CSVDelimiter { get; init; }

    /// <summary>How many items to read: a number, or a JSONata expression; 0, and absent, mean no limit.</summary>
    public JsonValue? MaxItems { get; init; }

    /// <summary>JSONPath: where the number of <see cref="MaxItems"/> is found.</summary>
    public string? MaxItemsPath { get; init; }

    /// <summary>Where inside a JSON dataset the array of items is, a JSON pointer; the dataset itself when absent.</summary>
    public string? ItemsPointer { get; init; }
}
