using Orkestra.Expressions.Data;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda;

/// <summary>
/// What a state machine passes in the client context of the call, if it does: <c>{"custom":{"orkestra":{"execution":…,"attempt":…,"key":…,"token":…}}}</c>.
/// A payload has no place for it, since it is the step's own input and nothing else.
/// </summary>
internal readonly record struct CallerContext(string? ExecutionId, int? Attempt, string? IdempotencyKey, string? TaskToken = null)
{
    public static CallerContext Read(Invocation invocation)
    {
        if (invocation.ClientContext is not { } text || !text.Contains("\"orkestra\"", StringComparison.Ordinal))
            return default;
        try
        {
            var own = JsonValue.Parse(text)["custom"]?["orkestra"];
            return new((own?["execution"] as JsonString)?.Value, own?["attempt"] is JsonNumber attempt && attempt.TryGetInt64(out var count) ? (int)count : null, (own?["key"] as JsonString)?.Value, (own?["token"] as JsonString)?.Value);
        }
        catch (JsonFormatException)
        {
            // A client context may be anything; one that is not JSON is not ours.
            return default;
        }
    }
}
