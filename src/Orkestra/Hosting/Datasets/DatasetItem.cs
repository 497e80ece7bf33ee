using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>One item that a format found in an object.</summary>
/// <param name="Value">The item: an element of an array, a row, a line, or the value of an object's member.</param>
/// <param name="Key">The name of the member when the dataset is a JSON object; null otherwise.</param>
public readonly record struct DatasetItem(JsonValue Value, string? Key = null)
{
    /// <summary>About how many bytes of memory it keeps; 0 to be measured.</summary>
    internal long Weight { get; init; }
}
