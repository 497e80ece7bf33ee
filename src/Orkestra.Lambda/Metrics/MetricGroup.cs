namespace Orkestra.Lambda.Metrics;

/// <summary>The metrics that share one set of dimensions, and so one object of the format.</summary>
internal sealed class MetricGroup(SortedDictionary<string, string> dimensions)
{
    public SortedDictionary<string, string> Dimensions { get; } = dimensions;

    /// <summary>What is written beside the metrics, to be searched for.</summary>
    public SortedDictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);

    public OrderedDictionary<string, MetricSeries> Series { get; } = new(StringComparer.Ordinal);
}
