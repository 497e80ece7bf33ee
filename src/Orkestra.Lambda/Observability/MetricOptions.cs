using System.Diagnostics.Metrics;

namespace Orkestra.Lambda.Observability;

/// <summary>
/// Metrics: what a step records with <see cref="System.Diagnostics.Metrics"/> is written as CloudWatch's Embedded Metric Format when it ends. The tags of a
/// measurement are its dimensions.
/// </summary>
public sealed class MetricOptions
{
    /// <summary>Whether metrics are written. True by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The namespace; the service by default.</summary>
    public string? Namespace { get; set; }

    /// <summary>Whether cold starts are counted, as <c>ColdStart</c> with the dimensions <c>function_name</c> and <c>service</c>. True by default.</summary>
    public bool ColdStart { get; set; } = true;

    /// <summary>Dimensions that all metrics get, beside <c>service</c>.</summary>
    public IDictionary<string, string> Dimensions { get; } = new Dictionary<string, string>();

    /// <summary>Tags that are written beside the metrics, to be searched for, and make no dimension: those with many values, such as an order's id.</summary>
    public ISet<string> Metadata { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// What happens when a step ends without a measurement; nothing by default, since one binary holds steps that measure and steps that do not.
    /// </summary>
    public EmptyMetrics WhenEmpty { get; set; } = EmptyMetrics.Ignore;

    /// <summary>Which instruments are recorded; by default all except those of .NET's own meters (System, Microsoft, OpenTelemetry).</summary>
    public Func<Instrument, bool> InstrumentFilter { get; set; } = static instrument =>
        !IsOf(instrument.Meter.Name, "System") && !IsOf(instrument.Meter.Name, "Microsoft") && !IsOf(instrument.Meter.Name, "OpenTelemetry");

    static bool IsOf(string meter, string root) =>
        meter.StartsWith(root, StringComparison.Ordinal) && (meter.Length == root.Length || meter[root.Length] == '.');
}
