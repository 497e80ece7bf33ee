using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orkestra.Hosting;
using Orkestra.Lambda.Observability;

namespace Orkestra.Lambda.Logging;

/// <summary>
/// One JSON object with the keys of Powertools for AWS Lambda (.NET): <c>level message timestamp service name cold_start function_name function_version
/// function_memory_size function_arn function_request_id xray_trace_id correlation_id sampling_rate exception</c>, then keys of the options, of scopes (inner
/// before outer) and of the message. A key that is taken already gets an underscore.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/powertools/dotnet/core/logging/#standard-structured-keys</remarks>
internal static class JsonLogFormat
{
    const string OriginalFormat = "{OriginalFormat}";

    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    static readonly HashSet<string> Standard = new(StringComparer.Ordinal)
    {
        "level", "message", "timestamp", "service", "name", "cold_start", "function_name", "function_version", "function_memory_size", "function_arn",
        "function_request_id", "xray_trace_id", "correlation_id", "sampling_rate", "exception",
    };

    public static void Write(IBufferWriter<byte> output, in LogLine line, FunctionLoggerFactory factory, ObservabilitySettings settings)
    {
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        writer.WriteString("level"u8, line.Level.ToString());
        writer.WriteString("message"u8, line.Message);
        writer.WriteString("timestamp"u8, factory.Time.GetUtcNow().UtcDateTime);
        writer.WriteString("service"u8, settings.Service);
        writer.WriteString("name"u8, line.Name);
        Facts(writer, factory, settings);
        if (line.Exception is { } exception)
        {
            writer.WritePropertyName("exception"u8);
            Exception(writer, exception, 0);
        }

        foreach (var (key, value) in Keys(line, factory, settings))
        {
            var destructured = key.StartsWith('@');
            var name = destructured ? key[1..] : key;
            writer.WritePropertyName(Standard.Contains(name) ? name + "_" : name);
            LogValue.Write(writer, value, destructured ? factory.Json : null);
        }

        writer.WriteEndObject();
    }

    static void Facts(Utf8JsonWriter writer, FunctionLoggerFactory factory, ObservabilitySettings settings)
    {
        var (facts, environment) = (factory.Facts, factory.Environment);
        writer.WriteBoolean("cold_start"u8, facts.ColdStart);
        Text("function_name", environment.FunctionName);
        Text("function_version", environment.FunctionVersion);
        if (environment.MemorySize is { } memory)
            writer.WriteNumber("function_memory_size"u8, memory);
        Text("function_arn", facts.Arn);
        Text("function_request_id", facts.RequestId);
        Text("xray_trace_id", facts.XRayTraceId);
        Text("correlation_id", facts.CorrelationId);
        if (settings.SampleRate > 0)
            writer.WriteNumber("sampling_rate"u8, settings.SampleRate);

        void Text(string name, string? value)
        {
            if (value is not null)
                writer.WriteString(name, value);
        }
    }

    static OrderedDictionary<string, object?> Keys(in LogLine line, FunctionLoggerFactory factory, ObservabilitySettings settings)
    {
        var keys = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in settings.Keys)
            keys[key] = value;
        List<object?>? unnamed = null;
        factory.Scopes.ForEachScope(
            (scope, found) =>
            {
                switch (scope)
                {
                    case IEnumerable<KeyValuePair<string, object?>> pairs:
                        foreach (var (key, value) in pairs)
                            Add(found, key, value);
                        break;
                    case KeyValuePair<string, object?> pair:
                        Add(found, pair.Key, pair.Value);
                        break;
                    default:
                        (unnamed ??= []).Add(scope);
                        break;
                }
            },
            keys);
        if (unnamed is not null)
            keys["scopes"] = unnamed;
        if (line.State is { } state)
            foreach (var (key, value) in state)
                Add(keys, key, value);
        return keys;
    }

    static void Add(OrderedDictionary<string, object?> keys, string key, object? value)
    {
        if (key != OriginalFormat && key.Length > 0)
            keys[key] = value;
    }

    static void Exception(Utf8JsonWriter writer, Exception exception, int depth)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, exception.GetType().FullName);
        writer.WriteString("message"u8, ExceptionText.MessageOf(exception));
        if (ExceptionText.SourceOf(exception) is { } source)
            writer.WriteString("source"u8, source);
        if (ExceptionText.StackTraceOf(exception) is { } stack)
            writer.WriteString("stack_trace"u8, stack);
        if (exception.InnerException is { } inner && depth < 8)
        {
            writer.WritePropertyName("inner_exception"u8);
            Exception(writer, inner, depth + 1);
        }

        writer.WriteEndObject();
    }
}
