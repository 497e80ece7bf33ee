using System.Net.Http.Headers;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Remote;

/// <summary>Calls a Step Functions endpoint.</summary>
internal sealed class EndpointClient(Uri endpoint, string? token) : IDisposable
{
    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(100) };

    /// <summary>Calls an action.</summary>
    /// <exception cref="ToolException">The endpoint refuses, or does not answer.</exception>
    internal async Task<JsonValue> CallAsync(string action, JsonObject request, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(request.ToUtf8Bytes()) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        message.Headers.Add("X-Amz-Target", $"AWSStepFunctions.{action}");
        if (token is { Length: > 0 }) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            if ((int)response.StatusCode == 403 && bytes.Length == 0)
                throw new ToolException($"{endpoint} does not let this caller in. Use --token when it was started with one.", ToolExitCode.Endpoint);
            var answer = bytes.Length == 0 ? JsonObject.Empty : JsonValue.Parse(bytes);
            if (response.IsSuccessStatusCode) return answer;
            throw new ToolException($"{(answer["__type"] as JsonString)?.Value ?? response.StatusCode.ToString()}: {(answer["message"] as JsonString)?.Value}", ToolExitCode.Endpoint);
        }
        catch (HttpRequestException problem)
        {
            throw new ToolException($"{endpoint} does not answer: {problem.Message} Start one with 'orkestra local', or name another one with --endpoint.", ToolExitCode.Endpoint);
        }
        catch (JsonFormatException)
        {
            throw new ToolException($"{endpoint} does not answer as Step Functions does. Is it another server?", ToolExitCode.Endpoint);
        }
    }

    /// <summary>All items of a list, page by page.</summary>
    internal async IAsyncEnumerable<JsonValue> ListAsync(
        string action, JsonObject request, string list, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonValue? next = null;
        do
        {
            var page = await CallAsync(action, next is null ? request : request.With("nextToken", next), cancellationToken).ConfigureAwait(false);
            foreach (var item in page[list] is JsonArray items ? ((IEnumerable<JsonValue>)items).ToArray() : []) yield return item;
            next = page["nextToken"];
        }
        while (next is not null);
    }

    /// <summary>The ARN of a state machine that is named by its ARN or its name.</summary>
    internal async Task<string> MachineAsync(string named, CancellationToken cancellationToken)
    {
        if (named.StartsWith("arn:", StringComparison.Ordinal)) return named;
        // A version, an alias or a test case may follow the name.
        var end = named.IndexOfAny([':', '#']);
        var name = end < 0 ? named : named[..end];
        await foreach (var machine in ListAsync("ListStateMachines", JsonObject.Empty, "stateMachines", cancellationToken).ConfigureAwait(false))
        {
            if (machine["name"] == (JsonValue)name) return Text(machine, "stateMachineArn") + (end < 0 ? "" : named[end..]);
        }

        throw new ToolException($"{endpoint} has no state machine '{name}'. 'orkestra list' shows those it has.", ToolExitCode.Endpoint);
    }

    /// <summary>The ARN of an execution that is named by its ARN or its name.</summary>
    internal async Task<string> ExecutionAsync(string named, CancellationToken cancellationToken)
    {
        if (named.StartsWith("arn:", StringComparison.Ordinal)) return named;
        await foreach (var machine in ListAsync("ListStateMachines", JsonObject.Empty, "stateMachines", cancellationToken).ConfigureAwait(false))
        {
            if (machine["type"] == (JsonValue)"EXPRESS") continue;
            await foreach (var execution in ListAsync("ListExecutions", JsonObject.Create(("stateMachineArn", machine["stateMachineArn"]!)), "executions", cancellationToken).ConfigureAwait(false))
            {
                if (execution["name"] == (JsonValue)named) return Text(execution, "executionArn");
            }
        }

        throw new ToolException($"{endpoint} has no execution '{named}'. 'orkestra list STATEMACHINE' shows those of a state machine.", ToolExitCode.Endpoint);
    }

    public void Dispose() => http.Dispose();

    internal static string Text(JsonValue json, string name) => (json[name] as JsonString)?.Value ?? "";

    /// <summary>Formats a timestamp for display; empty if the value is not a timestamp.</summary>
    internal static string Time(JsonValue? seconds) => seconds is JsonNumber number
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)(number.Value * 1000)).ToString("yyyy-MM-dd HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture) : "";
}
