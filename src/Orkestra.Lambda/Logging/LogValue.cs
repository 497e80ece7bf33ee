using System.Collections;
using System.Globalization;
using System.Text.Json;
using Orkestra.Expressions.Data;

namespace Orkestra.Lambda.Logging;

/// <summary>Writes the value of a key. What JSON has no form for is written as its text; nothing here may throw, as a log must not fail its step.</summary>
internal static class LogValue
{
    const int MaxDepth = 8;
    const int MaxItems = 1000;

    public static void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions? destructure) => Write(writer, value, destructure, 0);

    static void Write(Utf8JsonWriter writer, object? value, JsonSerializerOptions? destructure, int depth)
    {
        switch (value)
        {
            case null: writer.WriteNullValue(); break;
            case string text: writer.WriteStringValue(text); break;
            case bool boolean: writer.WriteBooleanValue(boolean); break;
            case int number: writer.WriteNumberValue(number); break;
            case long number: writer.WriteNumberValue(number); break;
            case uint number: writer.WriteNumberValue(number); break;
            case ulong number: writer.WriteNumberValue(number); break;
            case short or byte or sbyte or ushort: writer.WriteNumberValue(Convert.ToInt32(value, CultureInfo.InvariantCulture)); break;
            case decimal number: writer.WriteNumberValue(number); break;
            case double number when double.IsFinite(number): writer.WriteNumberValue(number); break;
            case float number when float.IsFinite(number): writer.WriteNumberValue(number); break;
            case DateTime time: writer.WriteStringValue(time); break;
            case DateTimeOffset time: writer.WriteStringValue(time); break;
            case Guid guid: writer.WriteStringValue(guid); break;
            case JsonValue json: writer.WriteRawValue(json.ToUtf8Bytes(), skipInputValidation: true); break;
            case JsonElement json: json.WriteTo(writer); break;
            case not null when destructure is not null && Destructure(value, destructure) is { } json: writer.WriteRawValue(json, skipInputValidation: true); break;
            case IEnumerable<KeyValuePair<string, object?>> pairs when depth < MaxDepth: Object(writer, pairs, depth); break;
            case IDictionary pairs when depth < MaxDepth: Object(writer, Pairs(pairs), depth); break;
            case IEnumerable items when depth < MaxDepth: Array(writer, items, depth); break;
            default: writer.WriteStringValue(Text(value)); break;
        }
    }

    static void Object(Utf8JsonWriter writer, IEnumerable<KeyValuePair<string, object?>> pairs, int depth)
    {
        writer.WriteStartObject();
        foreach (var (key, item) in pairs.Take(MaxItems))
        {
            writer.WritePropertyName(key);
            Write(writer, item, null, depth + 1);
        }

        writer.WriteEndObject();
    }

    static void Array(Utf8JsonWriter writer, IEnumerable items, int depth)
    {
        writer.WriteStartArray();
        foreach (var item in items.Cast<object?>().Take(MaxItems))
            Write(writer, item, null, depth + 1);
        writer.WriteEndArray();
    }

    static IEnumerable<KeyValuePair<string, object?>> Pairs(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "", entry.Value);
    }

#pragma warning disable CA1031 // A log must not fail its step, whatever a value's own code throws.
    static byte[]? Destructure(object value, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.SerializeToUtf8Bytes(value, options.GetTypeInfo(value.GetType()));
        }
        catch (Exception)
        {
            return null;
        }
    }

    static string? Text(object value)
    {
        try
        {
            return value is IFormattable text ? text.ToString(null, CultureInfo.InvariantCulture) : value.ToString();
        }
        catch (Exception exception)
        {
            return $"({value.GetType().Name}.ToString() threw {exception.GetType().Name})";
        }
    }
#pragma warning restore CA1031
}
