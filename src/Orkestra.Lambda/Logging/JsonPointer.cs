using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Lambda.Logging;

/// <summary>Finds a value by a JSON Pointer (RFC 6901).</summary>
internal static class JsonPointer
{
    public static JsonValue? Find(JsonValue? value, string pointer)
    {
        if (pointer.Length == 0)
            return value;
        foreach (var part in pointer[(pointer[0] == '/' ? 1 : 0)..].Split('/'))
        {
            var name = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            value = value is JsonArray && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? value[index] : value?[name];
        }

        return value;
    }
}
