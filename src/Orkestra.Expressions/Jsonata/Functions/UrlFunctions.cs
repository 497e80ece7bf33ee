using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>URL encoding as ECMA-262 defines it, https://tc39.es/ecma262/#sec-uri-handling-functions.</summary>
internal static class UrlFunctions
{
    const string Mark = "-_.!~*'()";
    const string Reserved = ";/?:@&=+$,#";

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    internal static NativeFunction[] All =>
    [
        Function("encodeUrlComponent", text => Encode(text, Mark)),
        Function("encodeUrl", text => Encode(text, Mark + Reserved)),
        Function("decodeUrlComponent", text => Decode(text, "")),
        Function("decodeUrl", text => Decode(text, Reserved)),
    ];

    static NativeFunction Function(string name, Func<string, string> change) => new(name, "<s-:s>", 1, (run, args) =>
    {
        if (args[0] is not JsonString text) return null;
        run.Step(text.Value.Length >> 2);
        run.ChargeText(text.Value.Length * 3L);
        try
        {
            return JsonString.Create(change(text.Value));
        }
        catch (ArgumentException problem)
        {
            // An unpaired surrogate, a malformed escape, or escapes that are not UTF-8.
            throw new JsonataException("D3140", -1, name, text, problem);
        }
    });

    static string Encode(string text, string kept)
    {
        var bytes = Strict.GetBytes(text);
        var result = new StringBuilder(bytes.Length);
        foreach (var code in bytes)
        {
            var c = (char)code;
            if (char.IsAsciiLetterOrDigit(c) || kept.Contains(c)) result.Append(c);
            else result.Append('%').Append(Convert.ToHexString([code]));
        }

        return result.ToString();
    }

    static string Decode(string text, string kept)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '%')
            {
                result.Append(text[at++]);
                continue;
            }

            var start = at;
            var bytes = new byte[Length(ByteAt(text, at))];
            for (var i = 0; i < bytes.Length; i++, at += 3) bytes[i] = ByteAt(text, at);
            var decoded = Strict.GetString(bytes);
            if (decoded.Length == 1 && kept.Contains(decoded[0])) result.Append(text, start, at - start);
            else result.Append(decoded);
        }

        return result.ToString();
    }

    static int Length(byte first) => first switch
    {
        < 0x80 => 1,
        >= 0xC2 and < 0xE0 => 2,
        >= 0xE0 and < 0xF0 => 3,
        >= 0xF0 and < 0xF5 => 4,
        _ => throw new ArgumentException("Not a byte that can begin a character."),
    };

    static byte ByteAt(string text, int at)
    {
        if (at + 2 < text.Length && text[at] == '%' && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2])) return Convert.ToByte(text.Substring(at + 1, 2), 16);
        throw new ArgumentException("An escape is a percent sign and two hexadecimal digits.");
    }
}
