namespace Orkestra.Lambda.Observability;

/// <summary>What happens when a step ends without having measured anything.</summary>
public enum EmptyMetrics
{
    /// <summary>Nothing.</summary>
    Ignore,

    /// <summary>A warning is logged.</summary>
    Warn,

    /// <summary>The step fails with <c>EmptyMetricsException</c>.</summary>
    Fail,
}
