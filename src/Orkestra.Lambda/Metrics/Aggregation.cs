namespace Orkestra.Lambda.Metrics;

/// <summary>How the measurements of one invocation come together.</summary>
internal enum Aggregation
{
    /// <summary>Counters: they add up.</summary>
    Sum,

    /// <summary>Gauges, and what is observed: the last one counts.</summary>
    Last,

    /// <summary>Histograms: each one counts, so that CloudWatch can tell percentiles.</summary>
    All,
}
