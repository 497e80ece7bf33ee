using System.Linq.Expressions;
using System.Text.Json;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;
using Orkestra.Authoring.Services;

namespace Orkestra.Authoring.Datasets;

/// <summary>Runs flows for the items of datasets, each as an execution of its own, up to 10,000 at a time.</summary>
public static class DatasetOperations
{
    /// <summary>Runs a flow for each item of a dataset.</summary>
    /// <example><code>
    /// Import.MapEach(S3Items.Csv&lt;Upload, Row>(upload => upload.Bucket, upload => upload.Key), maxConcurrency: 50, new() { ToleratedFailurePercentage = 1 })
    /// </code></example>
    /// <param name="flow">The flow for one item.</param>
    /// <param name="source">The items.</param>
    /// <param name="maxConcurrency">How many run at a time; 0, the default, is as many as the service runs.</param>
    /// <param name="options">Tolerated failures and more; defaults when null.</param>
    public static DatasetMap<TIn, TOut> MapEach<TIn, TItem, TOut>(
        this Flow<TItem, TOut> flow, ItemSource<TIn, TItem> source, int maxConcurrency = 0, DistributedMapOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(maxConcurrency);
        PayloadTypes.Array<TOut>();
        return new(new MapFlowNode(FlowOperations.NodeOf(flow), maxConcurrency, options ?? new()) { Dataset = source.Dataset });
    }

    /// <summary>Runs a flow for batches of the items of a dataset. It costs a child execution for each batch instead of each item.</summary>
    /// <param name="flow">The flow for a batch.</param>
    /// <param name="source">The items.</param>
    /// <param name="maxItems">How many items a batch has at most.</param>
    /// <param name="maxBytes">How many bytes a batch has at most, up to 262,144; null for that limit.</param>
    /// <param name="maxConcurrency">How many batches run at a time; 0, the default, is as many as the service runs.</param>
    /// <param name="options">Tolerated failures, which count items, and more; defaults when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not positive, or <paramref name="maxBytes"/> is larger than a payload can be.</exception>
    public static DatasetMap<TIn, TOut> MapBatches<TIn, TItem, TOut>(
        this Flow<TItem[], TOut> flow, ItemSource<TIn, TItem> source, int maxItems, int? maxBytes = null, int maxConcurrency = 0, DistributedMapOptions? options = null)
    {
        const int largestPayload = 262_144;
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxItems);
        ArgumentOutOfRangeException.ThrowIfNegative(maxConcurrency);
        if (maxBytes is { } bytes)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes, nameof(maxBytes));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, largestPayload, nameof(maxBytes));
        }

        PayloadTypes.Array<TItem>();
        PayloadTypes.Array<TOut>();
        // A batch is {"Items": […]}.
        Expression<Func<JsonElement, TItem[]>> items = static batch => ServiceText.As<TItem[]>(batch.GetProperty("Items"));
        var body = new SequenceFlowNode(new SelectFlowNode(items, "batch => batch.Items", "Items"), FlowOperations.NodeOf(flow));
        return new(new MapFlowNode(body, maxConcurrency, options ?? new()) { Dataset = source.Dataset with { BatchItems = maxItems, BatchBytes = maxBytes } });
    }
}
