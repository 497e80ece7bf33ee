using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Dashboard.Runs;

/// <summary>Finds the token of a task in what the task was given, because that is where the workflow passes it on. A step gets it in the client context of its function, which is Base64.</summary>
internal static partial class TaskTokens
{
    const int Length = 44;
    const string ClientContext = "ClientContext";

    /// <summary>The token; null when the arguments do not have it.</summary>
    internal static string? Find(JsonValue? arguments, ExecutionStart start)
    {
        if (arguments is null) return null;
        return Find(arguments.ToJson(), start) ?? (arguments is JsonObject members && members[ClientContext] is JsonString context && Decode(context.Value) is { } decoded ? Find(decoded, start) : null);
    }

    static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var written) ? Encoding.UTF8.GetString(bytes.AsSpan(0, written)) : null;
    }

    static string? Find(string text, ExecutionStart start)
    {
        Span<byte> bytes = stackalloc byte[33];
        foreach (Match match in Candidate().Matches(text.Replace("\\/", "/", StringComparison.Ordinal)))
        {
            // Only the engine can make a token of this execution; other texts may look like one.
            if (match.Length != Length || !Convert.TryFromBase64String(match.Value, bytes, out var written) || written != 32) continue;
            var task = new TaskId(BinaryPrimitives.ReadInt32BigEndian(bytes), BinaryPrimitives.ReadInt32BigEndian(bytes[4..]));
            if (start.TokenOf(task) == match.Value) return match.Value;
        }

        return null;
    }

    [GeneratedRegex("[A-Za-z0-9+/]{43}=")]
    private static partial Regex Candidate();
}
