using Microsoft.Extensions.Logging;
using Orkestra.Lambda.Logging;
using Orkestra.Lambda.Observability;

namespace Orkestra.Lambda.Metrics;

/// <summary>Writes what was measured during an invocation when it ends.</summary>
internal sealed class MetricWriter(ObservabilitySettings settings, FunctionLoggerFactory log) : IDisposable
{
    readonly MetricCollector _collector = new(settings.MetricOptions, settings.Service);

    /// <summary>Counts a cold start, apart from the step's own metrics, as it has dimensions of its own.</summary>
    public void ColdStart(string function)
    {
        if (!settings.MetricOptions.ColdStart)
            return;
        var group = new MetricGroup(new(StringComparer.Ordinal) { ["function_name"] = function, ["service"] = settings.Service });
        var series = new MetricSeries("Count", Aggregation.Sum);
        series.Add(1);
        group.Series.Add("ColdStart", series);
        Write(group);
    }

    /// <summary>Writes what was measured.</summary>
    /// <returns>Whether anything was.</returns>
    public bool Flush()
    {
        var groups = _collector.Take();
        foreach (var group in groups)
            Write(group);
        return groups.Count > 0;
    }

    /// <summary>Writes what was measured by a step that succeeded; tells when that was nothing.</summary>
    /// <exception cref="EmptyMetricsException">Nothing was measured, and the options ask for it.</exception>
    public void End(string step, ILogger logger)
    {
        if (Flush())
            return;
        if (settings.MetricOptions.WhenEmpty == EmptyMetrics.Fail)
            throw new EmptyMetricsException($"Step {step} ended without a measurement: record at least one, or set Metrics.WhenEmpty to Warn or Ignore.");
        if (settings.MetricOptions.WhenEmpty == EmptyMetrics.Warn)
            LogMessages.EmptyMetrics(logger, step);
    }

    public void Dispose() => _collector.Dispose();

    void Write(MetricGroup group)
    {
        foreach (var line in EmbeddedMetricFormat.Lines(group, settings.Namespace, log.Time.GetUtcNow()))
            log.WriteRaw(line);
    }
}
