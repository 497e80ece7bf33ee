using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Integrations;

/// <summary>Values as <c>application/x-www-form-urlencoded</c> text; objects inside become <c>name[field]</c>, and arrays follow the format.</summary>
internal static class FormEncoding
{
    /// <param name="body">An object.</param>
    /// <param name="arrayFormat"><c>INDICES</c> (also when null), <c>REPEAT</c>, <c>COMMAS</c>, <c>BRACKETS</c> or <c>NONE</c>.</param>
    internal static string Encode(JsonObject body, string? arrayFormat)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in body) Add(text, Escape(name), value, arrayFormat ?? "INDICES");
        return text.ToString();
    }

    static void Add(StringBuilder text, string name, JsonValue value, string arrayFormat)
    {
        switch (value)
        {
            case JsonObject fields:
                foreach (var (field, inner) in fields) Add(text, $"{name}[{Escape(field)}]", inner, arrayFormat);
                break;
            case JsonArray items when arrayFormat is "COMMAS":
                Pair(text, name, string.Join(',', items.ToArray().Select(item => Escape(Plain(item)))));
                break;
            case JsonArray items when arrayFormat is not "NONE":
                for (var i = 0; i < items.Count; i++)
                    Add(text, arrayFormat switch { "REPEAT" => name, "BRACKETS" => $"{name}[]", _ => $"{name}[{i}]" }, items[i], arrayFormat);
                break;
            default:
                Pair(text, name, Escape(Plain(value)));
                break;
        }
    }

    static void Pair(StringBuilder text, string name, string value)
    {
        if (text.Length > 0) text.Append('&');
        text.Append(name).Append('=').Append(value);
    }

    /// <summary>A value as the text of a parameter or a header.</summary>
    internal static string Plain(JsonValue value) => value switch
    {
        JsonString text => text.Value,
        JsonNull => "",
        _ => value.ToJson(),
    };

    static string Escape(string text) => Uri.EscapeDataString(text);
}
