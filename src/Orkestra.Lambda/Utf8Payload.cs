using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Orkestra.Expressions.Data;

namespace Orkestra.Lambda;

/// <summary>Reads payloads that come as bytes. Bytes that are not UTF-8 are refused; replacing them would change data silently.</summary>
public static class Utf8Payload
{
    /// <summary>Reads UTF-8 JSON.</summary>
    /// <param name="utf8Json">The text.</param>
    /// <exception cref="JsonFormatException">The bytes are not UTF-8, or the text is not JSON.</exception>
    public static JsonValue Parse(ReadOnlySpan<byte> utf8Json)
    {
        Check(utf8Json);
        return JsonValue.Parse(utf8Json);
    }

    /// <summary>Refuses bytes that are not UTF-8.</summary>
    /// <param name="utf8">The text.</param>
    /// <exception cref="JsonFormatException">The bytes are not UTF-8; the message names the first wrong byte and its position.</exception>
    public static void Check(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8))
            return;
        var (at, line, start) = (0, 1L, 0);
        while (Rune.DecodeFromUtf8(utf8[at..], out var rune, out var length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
            if (rune.Value == '\n')
                (line, start) = (line + 1, at);
        }

        throw new JsonFormatException(string.Create(CultureInfo.InvariantCulture, $"The text is not UTF-8: byte {at} (0x{utf8[at]:X2}) does not belong to a character."), line, at - start + 1);
    }
}
