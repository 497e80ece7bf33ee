using System.Text;
using System.Text.Json;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Service;

/// <summary><c>$parse</c>: JSON as the service reads it. Texts may stand in single quotes; a name must not come twice.</summary>
internal static class LenientJson
{
    const string Code = "D3137";

    internal static JsonValue Parse(Run run, string text)
    {
        run.Step(1 + (text.Length >> 2));
        run.Charge(48 + (text.Length * 8L));
        try
        {
            var json = text.Contains('\'') ? WithDoubleQuotes(text) : text;
            var value = JsonValue.Parse(json, new JsonReadOptions { MaxDepth = 1000 });
            CheckNames(json);
            return value;
        }
        catch (JsonFormatException)
        {
            throw new JsonataException(Code, "Invalid JSON");
        }
    }

    // A text in single quotes may hold double quotes, and an escaped single one.
    static string WithDoubleQuotes(string text)
    {
        var output = new StringBuilder(text.Length + 8);
        var quote = '\0';
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quote != '\0' && i + 1 < text.Length)
            {
                i++;
                if (text[i] != '\'') output.Append('\\');
                output.Append(text[i]);
            }
            else if (quote == '\0' && c is '"' or '\'')
            {
                quote = c;
                output.Append('"');
            }
            else if (quote != '\0' && c == quote)
            {
                quote = '\0';
                output.Append('"');
            }
            else if (quote == '\'' && c == '"')
            {
                output.Append("\\\"");
            }
            else
            {
                output.Append(c);
            }
        }

        return output.ToString();
    }

    static void CheckNames(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json), new JsonReaderOptions { MaxDepth = 1000 });
        var open = new Stack<HashSet<string>?>();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject: open.Push(null); break;
                case JsonTokenType.StartArray: open.Push(null); break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray: open.Pop(); break;
                case JsonTokenType.PropertyName:
                    var names = open.Pop() ?? new HashSet<string>(StringComparer.Ordinal);
                    open.Push(names);
                    var raw = Encoding.UTF8.GetString(reader.ValueSpan);
                    var name = reader.ValueIsEscaped ? ((JsonString)JsonValue.Parse($"\"{raw}\"")).Value : raw;
                    if (!names.Add(name)) throw new JsonataException(Code, "Invalid JSON");
                    break;
            }
        }
    }
}
