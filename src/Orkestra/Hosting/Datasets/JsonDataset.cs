using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>A JSON or JSON Lines dataset.</summary>
internal static class JsonDataset
{
    /// <param name="content">UTF-8 JSON.</param>
    /// <param name="pointer">Where the array is, a JSON pointer (RFC 6901); the whole text when null.</param>
    /// <param name="maxItems">How many items at most.</param>
    internal static JsonArray Read(ReadOnlySpan<byte> content, string? pointer, long maxItems)
    {
        var value = Parse(content, "JSON file");
        if (!string.IsNullOrEmpty(pointer)) value = Follow(value, pointer);
        if (value is not JsonArray array) throw new DatasetException("Attempting to map over non-iterable node.");
        return array.Count <= maxItems ? array : JsonArray.Create(array.Span[..(int)maxItems]);
    }

    internal static JsonArray ReadLines(ReadOnlySpan<byte> content, long maxItems)
    {
        var items = new List<JsonValue>();
        var number = 0;
        while (content.Length > 0 && items.Count < maxItems)
        {
            var end = content.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            number++;
            if (line.Trim(" \r\t"u8).Length > 0) items.Add(Parse(line, $"line {number} of the JSON Lines file"));
        }

        return JsonArray.Wrap([.. items]);
    }

    static JsonValue Parse(ReadOnlySpan<byte> content, string what)
    {
        try
        {
            return JsonValue.Parse(content);
        }
        catch (JsonFormatException problem)
        {
            throw new DatasetException($"Unable to parse the {what}: {problem.Message}");
        }
    }

    static JsonValue Follow(JsonValue value, string pointer)
    {
        if (pointer[0] != '/') throw new DatasetException($"The ItemsPointer '{pointer}' is not a JSON pointer: it starts with '/'.");
        foreach (var part in pointer[1..].Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            value = (value is JsonArray && int.TryParse(name, out var index) ? value[index] : value[name])
                ?? throw new DatasetException($"The ItemsPointer '{pointer}' leads nowhere: there is no '{name}'.");
        }

        return value;
    }
}
