using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using OpenTelemetry;
using Orkestra.Expressions.Data;

namespace Orkestra.OpenTelemetry;

/// <summary>
/// Says which tags X-Ray is to index: those of plain names become annotations; those under <c>metadata.</c> become one object of metadata, named after the
/// service. Tags with other dots in them are OpenTelemetry's own and stay what they are.
/// </summary>
/// <remarks>https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/awsxrayexporter</remarks>
internal sealed class XRayAttributes : BaseProcessor<Activity>
{
    const string Metadata = "metadata.";

    public override void OnEnd(Activity data)
    {
        var annotations = new List<string>();
        var metadata = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in data.EnumerateTagObjects())
        {
            if (name.StartsWith(Metadata, StringComparison.Ordinal))
                metadata[name[Metadata.Length..]] = value;
            else if (!name.Contains('.', StringComparison.Ordinal))
                annotations.Add(name);
        }

        if (annotations.Count > 0)
            data.SetTag("aws.xray.annotations", annotations.ToArray());
        if (metadata.Count == 0)
            return;
        foreach (var name in metadata.Keys)
            data.SetTag(Metadata + name, null);
        data.SetTag($"aws.xray.metadata.{data.GetTagItem("service.name") ?? "default"}", Write(metadata));
    }

    static string Write(SortedDictionary<string, object?> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in metadata)
            {
                writer.WritePropertyName(name);
                Write(writer, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    // What is JSON already, such as a step's output, is an object to search in and not text.
    static void Write(Utf8JsonWriter writer, object? value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
        try
        {
            writer.WriteRawValue(JsonValue.Parse(text).ToUtf8Bytes(), skipInputValidation: true);
        }
        catch (JsonFormatException)
        {
            writer.WriteStringValue(text);
        }
    }
}
