namespace Orkestra.Lambda.Metrics;

/// <summary>What was measured of one metric since the last writing.</summary>
internal sealed class MetricSeries(string unit, Aggregation aggregation)
{
    public string Unit { get; } = unit;

    public List<double> Values { get; } = [];

    public void Add(double value)
    {
        if (Values.Count == 0 || aggregation == Aggregation.All)
            Values.Add(value);
        else
            Values[0] = aggregation == Aggregation.Sum ? Values[0] + value : value;
    }
}
