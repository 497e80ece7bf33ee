using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Validation;

namespace Orkestra.Hosting.Service;

/// <summary>
/// The fields of requests and responses in the shapes of the service's JSON interface, with its refusals: for services that have actions beside those of <see cref="ExecutionService"/>.
/// </summary>
public static class RequestFields
{
    /// <summary>A text of a request; null when it is absent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="ServiceException">The field is not a text.</exception>
    public static string? Optional(JsonObject request, string field) => ((JsonValue)request)[field] switch
    {
        null or JsonNull => null,
        JsonString text => text.Value,
        _ => throw new ServiceException("ValidationException", $"1 validation error detected: Value at '{field}' failed to satisfy constraint: Member must be a string"),
    };

    /// <summary>A text that a request must have.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The name of the field.</param>
    /// <exception cref="ServiceException">The field is absent or not a text.</exception>
    public static string Required(JsonObject request, string field) => Optional(request, field)
        ?? throw new ServiceException("ValidationException", $"1 validation error detected: Value null at '{field}' failed to satisfy constraint: Member must not be null");

    /// <summary>The input of a request, JSON as text in the field <c>input</c>; <c>{}</c> when it is absent.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="ServiceException"><c>InvalidExecutionInput</c>: it is not JSON.</exception>
    public static JsonValue InputOf(JsonObject request)
    {
        if (Optional(request, "input") is not { } text) return JsonObject.Empty;
        if (text.Length == 0) throw new ServiceException("InvalidExecutionInput", "Invalid State Machine Execution Input: 'Invalid execution input.'");
        try
        {
            return JsonValue.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonFormatException)
        {
            throw new ServiceException("InvalidExecutionInput", $"Invalid State Machine Execution Input: '{JsonProblem.Describe(text).Message}'");
        }
    }

    /// <summary>The output of a request, JSON as text.</summary>
    internal static JsonValue OutputOf(JsonObject request)
    {
        var text = Required(request, "output");
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException)
        {
            throw new ServiceException("InvalidOutput", $"Invalid Output: '{JsonProblem.Describe(text).Message}'");
        }
    }

    /// <summary>A long answer, page by page: <c>maxResults</c> (1 to 1,000; 100 when it is 0 or absent) and <c>nextToken</c>.</summary>
    /// <param name="request">The request.</param>
    /// <param name="question">The list and its conditions: a token of another question is refused.</param>
    /// <param name="field">The response's field.</param>
    /// <param name="entries">The entries, each with a number that it keeps while others arrive, ascending.</param>
    /// <exception cref="ServiceException"><c>InvalidToken</c>: the token was not given out.</exception>
    public static JsonObject Page(JsonObject request, string question, string field, IEnumerable<(int Number, JsonObject Entry)> entries)
    {
        var most = MaxResults(request);
        var from = PageToken.Read(question, Optional(request, "nextToken")) is { } position ? int.Parse(position, CultureInfo.InvariantCulture) : int.MinValue;
        var page = entries.Where(entry => entry.Number >= from).Take(most + 1).ToArray();
        var response = JsonObject.Create((field, JsonArray.Create(page.Take(most).Select(entry => entry.Entry))));
        return page.Length <= most ? response : response.With("nextToken", PageToken.Write(question, page[most].Number.ToString(CultureInfo.InvariantCulture)));
    }

    internal static int MaxResults(JsonObject request) => ((JsonValue)request)["maxResults"] is JsonNumber { Value: > 0 } number ? (int)Math.Min(number.Value, 1_000) : 100;

    internal static ServiceException InvalidToken() => new("InvalidToken", "Invalid Token: 'Invalid token'");

    /// <summary>A flag of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="field">The name of the field.</param>
    /// <param name="otherwise">What it is when it is absent; false by default.</param>
    public static bool Flag(JsonObject request, string field, bool otherwise = false) => ((JsonValue)request)[field] is JsonBoolean flag ? flag.Value : otherwise;

    /// <summary>A time as the interface has it: a number of seconds since 1970, with milliseconds behind the point.</summary>
    /// <param name="time">The time.</param>
    public static JsonValue Seconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds() / 1000m;
}
