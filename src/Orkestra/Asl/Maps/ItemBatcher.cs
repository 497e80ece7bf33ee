using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Maps;

/// <summary>How the items of a distributed Map are put together in batches.</summary>
public sealed record ItemBatcher : AslElement
{
    /// <summary>How many items a batch may have: a number, or a JSONata expression.</summary>
    public JsonValue? MaxItemsPerBatch { get; init; }

    /// <summary>JSONPath: where the number of <see cref="MaxItemsPerBatch"/> is found.</summary>
    public string? MaxItemsPerBatchPath { get; init; }

    /// <summary>How many bytes a batch may have: a number, or a JSONata expression.</summary>
    public JsonValue? MaxInputBytesPerBatch { get; init; }

    /// <summary>JSONPath: where the number of <see cref="MaxInputBytesPerBatch"/> is found.</summary>
    public string? MaxInputBytesPerBatchPath { get; init; }

    /// <summary>What each batch is given beside its items.</summary>
    public JsonValue? BatchInput { get; init; }
}
