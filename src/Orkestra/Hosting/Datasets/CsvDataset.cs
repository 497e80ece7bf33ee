using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Datasets;

/// <summary>
/// A CSV dataset (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html): fields may be quoted as RFC 4180 has it. Every value is a
/// string; a short row is filled with empty strings, and what a row has beyond the headers is dropped.
/// </summary>
internal static class CsvDataset
{
    internal static JsonArray Read(ReadOnlySpan<byte> content, char delimiter, IReadOnlyList<string>? headers, long maxItems)
    {
        if (content.StartsWith("\uFEFF"u8)) content = content[3..];
        var rows = new Rows(Encoding.UTF8.GetString(content), delimiter);
        var names = headers is null ? rows.Next() ?? throw new DatasetException("CSV file has no header row.") : [.. headers];
        if (new HashSet<string>(names, StringComparer.Ordinal).Count != names.Count) throw new DatasetException("CSV headers cannot contain duplicates.");
        var shape = new JsonShape([.. names]);
        var items = new List<JsonValue>();
        while (items.Count < maxItems && rows.Next() is { } row)
        {
            var values = new JsonValue[names.Count];
            for (var i = 0; i < values.Length; i++) values[i] = i < row.Count ? JsonString.Create(row[i]) : JsonString.Empty;
            items.Add(new JsonObject(shape, values));
        }

        return JsonArray.Wrap([.. items]);
    }

    internal static char Delimiter(string? name) => name switch
    {
        null or "COMMA" => ',',
        "PIPE" => '|',
        "SEMICOLON" => ';',
        "SPACE" => ' ',
        "TAB" => '\t',
        _ => throw new DatasetException($"The CSV delimiter '{name}' is not supported; use COMMA, PIPE, SEMICOLON, SPACE or TAB."),
    };

    sealed class Rows(string text, char delimiter)
    {
        int at;

        internal List<string>? Next()
        {
            // A line with nothing in it is no row.
            while (at < text.Length && text[at] is '\r' or '\n') at++;
            if (at >= text.Length) return null;
            var fields = new List<string>();
            while (true)
            {
                fields.Add(at < text.Length && text[at] == '"' ? Quoted() : Plain());
                if (at >= text.Length) return fields;
                var c = text[at++];
                if (c == delimiter) continue;
                if (c == '\r' && at < text.Length && text[at] == '\n') at++;
                return fields;
            }
        }

        string Plain()
        {
            var start = at;
            while (at < text.Length && text[at] != delimiter && text[at] is not ('\n' or '\r')) at++;
            return text[start..at];
        }

        string Quoted()
        {
            var field = new StringBuilder();
            at++;
            while (at < text.Length)
            {
                var c = text[at++];
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (at < text.Length && text[at] == '"')
                {
                    field.Append('"');
                    at++;
                }
                else
                {
                    break;
                }
            }

            return field.Append(Plain()).ToString();
        }
    }
}
