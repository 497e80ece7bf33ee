using System.Globalization;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Hosting.Integrations;

/// <summary>A service's answers and refusals in the form a workflow receives them.</summary>
internal static class ServiceAnswers
{
    /// <summary>An optimized integration's error: <c>SERVICE.CodeException</c> and the sentence of the older SDK.</summary>
    internal static TaskOutcome Error(string service, string serviceName, ServiceException refusal) => TaskOutcome.Failure(
        $"{service}.{Exception(refusal.Code)}",
        $"{refusal.Message} (Service: {serviceName}; Status Code: 400; Error Code: {refusal.Code}; Request ID: {Guid.NewGuid()}; Proxy: null)");

    /// <summary>An SDK integration's error and the sentence of the newer SDK.</summary>
    internal static TaskOutcome SdkError(string service, ServiceException refusal) => TaskOutcome.Failure(
        $"{service}.{Exception(refusal.Code)}",
        $"{refusal.Message} (Service: {service}, Status Code: 400, Request ID: {Guid.NewGuid()}) (SDK Attempt Count: 1)");

    /// <summary>Adds what optimized integrations say about the call itself.</summary>
    internal static JsonObject Wrap(JsonObject answer)
    {
        var id = Guid.NewGuid().ToString();
        var length = answer.Utf8Length.ToString(CultureInfo.InvariantCulture);
        const string Type = "application/x-amz-json-1.0";
        return answer
            .With("SdkHttpMetadata", JsonObject.Create(
                ("AllHttpHeaders", JsonObject.Create(
                    ("x-amzn-RequestId", JsonArray.Create([(JsonValue)id])), ("connection", JsonArray.Create([(JsonValue)"keep-alive"])),
                    ("Content-Length", JsonArray.Create([(JsonValue)length])), ("Content-Type", JsonArray.Create([(JsonValue)Type])))),
                ("HttpHeaders", JsonObject.Create(("connection", "keep-alive"), ("Content-Length", length), ("Content-Type", Type), ("x-amzn-RequestId", id))),
                ("HttpStatusCode", 200)))
            .With("SdkResponseMetadata", JsonObject.Create(("RequestId", id)));
    }

    /// <summary>An answer of the JSON interface as workflows see it: names begin with a capital letter, and dates have a form of their own.</summary>
    internal static JsonObject Pascal(JsonObject answer, DateForm dates) => (JsonObject)Pascal(answer, "", dates);

    static JsonValue Pascal(JsonValue value, string name, DateForm dates) => value switch
    {
        // Names of variables are the workflow's own.
        JsonObject json when name == "assignedVariables" => json,
        JsonObject json => JsonObject.Create(json.Select(member => KeyValuePair.Create(
            char.ToUpperInvariant(member.Key[0]) + member.Key[1..], Pascal(member.Value, member.Key, dates)))),
        JsonArray list => JsonArray.Create(((IEnumerable<JsonValue>)list).Select(item => Pascal(item, name, dates))),
        JsonNumber seconds when name == "timestamp" || name.EndsWith("Date", StringComparison.Ordinal) => Date(seconds.Value, dates),
        _ => value,
    };

    static JsonValue Date(double seconds, DateForm form)
    {
        var milliseconds = (long)Math.Round(seconds * 1000);
        if (form == DateForm.Milliseconds) return milliseconds;
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);
    }

    static string Exception(string code) => code.EndsWith("Exception", StringComparison.Ordinal) ? code : $"{code}Exception";
}

/// <summary>How integrations write dates in their answers.</summary>
internal enum DateForm
{
    /// <summary>Optimized integrations: a number of milliseconds since 1970.</summary>
    Milliseconds,

    /// <summary>SDK integrations: text such as <c>2025-01-01T00:00:00Z</c>.</summary>
    Text,
}
