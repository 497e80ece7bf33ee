using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>The functions that encode, hash and identify.</summary>
internal static class EncodingIntrinsics
{
    internal static JsonValue Base64Encode(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Arguments.ShortText(arguments, 0)));

    internal static JsonValue Base64Decode(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var text = Arguments.ShortText(arguments, 0);
        // .NET skips white space between the digits, the function does not. Padding may be missing, and what is left of the last digit is not looked at.
        if (text.AsSpan().IndexOfAny(" \t\r\n") >= 0) throw new IntrinsicFault("The argument is not Base64");
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text.Contains('=') ? text : text.PadRight((text.Length + 3) / 4 * 4, '=')));
        }
        catch (FormatException)
        {
            throw new IntrinsicFault("The argument is not Base64");
        }
    }

    [SuppressMessage("Security", "CA5350", Justification = "The function offers SHA-1.")]
    [SuppressMessage("Security", "CA5351", Justification = "The function offers MD5.")]
    internal static JsonValue Hash(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope)
    {
        var data = Encoding.UTF8.GetBytes(arguments[0] is JsonString ? Arguments.ShortText(arguments, 0) : arguments[0].ToJson());
        var algorithm = Arguments.Text(arguments, 1);
        return Convert.ToHexStringLower(algorithm switch
        {
            "MD5" => MD5.HashData(data),
            "SHA-1" => SHA1.HashData(data),
            "SHA-256" => SHA256.HashData(data),
            "SHA-384" => SHA384.HashData(data),
            "SHA-512" => SHA512.HashData(data),
            _ => throw new IntrinsicFault($"The hash algorithm '{algorithm}' is not one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512"),
        });
    }

    internal static JsonValue Uuid(ReadOnlySpan<JsonValue> arguments, in EvaluationScope scope) =>
        (scope.Randomness ?? throw new IntrinsicFault("There is no source of randomness")).NextUuid().ToString();
}
