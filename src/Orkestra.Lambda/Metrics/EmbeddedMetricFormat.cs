using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orkestra.Lambda.Metrics;

/// <summary>Writes metrics as log lines that CloudWatch takes metrics from.</summary>
/// <remarks>https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html</remarks>
internal static class EmbeddedMetricFormat
{
    const int MaxMetrics = 100;
    const int MaxValues = 100;

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>The objects a group takes: one for at most 100 metrics with at most 100 values each.</summary>
    public static IEnumerable<Action<IBufferWriter<byte>>> Lines(MetricGroup group, string @namespace, DateTimeOffset time)
    {
        foreach (var chunk in group.Series.Chunk(MaxMetrics))
        {
            var longest = chunk.Max(series => series.Value.Values.Count);
            for (var from = 0; from < longest; from += MaxValues)
            {
                var first = from;
                yield return output => Write(output, group, chunk, first, @namespace, time);
            }
        }
    }

    static void Write(
        IBufferWriter<byte> output, MetricGroup group, KeyValuePair<string, MetricSeries>[] all, int from, string @namespace, DateTimeOffset time)
    {
        var present = Array.FindAll(all, series => series.Value.Values.Count > from);
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteStartObject("_aws"u8);
        writer.WriteNumber("Timestamp"u8, time.ToUnixTimeMilliseconds());
        writer.WriteStartArray("CloudWatchMetrics"u8);
        writer.WriteStartObject();
        writer.WriteString("Namespace"u8, @namespace);
        writer.WriteStartArray("Dimensions"u8);
        writer.WriteStartArray();
        foreach (var name in group.Dimensions.Keys)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
        writer.WriteEndArray();
        writer.WriteStartArray("Metrics"u8);
        foreach (var (name, series) in present)
        {
            writer.WriteStartObject();
            writer.WriteString("Name"u8, name);
            writer.WriteString("Unit"u8, series.Unit);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();

        var taken = new HashSet<string>(StringComparer.Ordinal) { "_aws" };
        foreach (var (name, value) in group.Dimensions)
            if (taken.Add(name))
                writer.WriteString(name, value);
        foreach (var (name, series) in present)
            if (taken.Add(name))
                Values(writer, name, series.Values, from);
        foreach (var (name, value) in group.Metadata)
            if (taken.Add(name))
                writer.WriteString(name, value);
        writer.WriteEndObject();
    }

    static void Values(Utf8JsonWriter writer, string name, List<double> values, int from)
    {
        if (values.Count - from == 1)
        {
            writer.WriteNumber(name, values[from]);
            return;
        }

        writer.WriteStartArray(name);
        for (var i = from; i < values.Count && i < from + MaxValues; i++)
            writer.WriteNumberValue(values[i]);
        writer.WriteEndArray();
    }
}
