using System.Buffers;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Service;

/// <summary>What names of executions, state machines and activities are held to (API reference, StartExecution).</summary>
internal static class Names
{
    const int Longest = 80;

    static readonly SearchValues<char> Refused = SearchValues.Create(
        [.. " \t\r\n<>{}[]?*\"#%\\^|~`$&,;:/", .. Enumerable.Range(0, 0x20).Select(code => (char)code), .. Enumerable.Range(0x7F, 0x21).Select(code => (char)code)]);

    /// <exception cref="ServiceException">The name is not allowed.</exception>
    internal static void Check(string name)
    {
        if (!IsValid(name)) throw new ServiceException("InvalidName", $"Invalid Name: '{name}'");
    }

    internal static bool IsValid(string name) => name.Length is > 0 and <= Longest && !name.AsSpan().ContainsAny(Refused) && !name.Any(char.IsWhiteSpace);

    /// <summary>A text of a request; null when it is not there.</summary>
    internal static string? Optional(JsonObject request, string field) => ((JsonValue)request)[field] switch
    {
        null or JsonNull => null,
        JsonString text => text.Value,
        _ => throw new ServiceException("ValidationException", $"1 validation error detected: Value at '{field}' failed to satisfy constraint: Member must be a string"),
    };

    /// <summary>A text that must be there.</summary>
    internal static string Required(JsonObject request, string field) => Optional(request, field)
        ?? throw new ServiceException("ValidationException", $"1 validation error detected: Value null at '{field}' failed to satisfy constraint: Member must not be null");
}
