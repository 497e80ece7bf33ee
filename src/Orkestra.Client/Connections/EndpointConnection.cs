using System.Net;
using System.Net.Http.Headers;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Service;

namespace Orkestra.Client.Connections;

/// <summary>A Step Functions endpoint: AWS's own, or one that speaks its protocol, AWS JSON 1.0.</summary>
internal sealed class EndpointConnection(Uri endpoint, IRequestAuthentication authentication, TimeProvider clock) : WorkflowConnection(clock)
{
    const int MaxAttempts = 4;

    static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(50);
    static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(2);
    // A worker may wait 60 seconds for a task.
    static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(100);

    readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = CallTimeout };

    /// <summary>Calls an action. A call that gets no answer, or is throttled, is repeated.</summary>
    public override async Task<JsonObject> CallAsync(string action, JsonObject request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(request);
        var content = request.ToUtf8Bytes();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await SendAsync(action, content, cancellationToken).ConfigureAwait(false);
            }
            catch (HttpRequestException) when (attempt < MaxAttempts)
            {
            }
            catch (ServiceException refusal) when (IsTemporary(refusal.Code) && attempt < MaxAttempts)
            {
            }
            catch (ServiceException refusal) when (refusal.Code == "ExecutionAlreadyExists" && attempt > 1 && action == "StartExecution")
            {
                // The start that got no answer may have succeeded, and its execution may have ended since.
                if (await FindStartedAsync(request, cancellationToken).ConfigureAwait(false) is { } started) return started;
                throw;
            }

            await Task.Delay(RetryPause * (1 << (attempt - 1)), Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    internal override async Task<string> FindStateMachineAsync(string name, CancellationToken cancellationToken)
    {
        JsonValue? next = null;
        do
        {
            var page = await CallAsync("ListStateMachines", next is null ? JsonObject.Empty : JsonObject.Create(("nextToken", next)), cancellationToken).ConfigureAwait(false);
            foreach (var machine in (JsonArray)((JsonValue)page)["stateMachines"]!)
            {
                if (machine["name"] == (JsonValue)name) return ((JsonString)machine["stateMachineArn"]!).Value;
            }

            next = ((JsonValue)page)["nextToken"];
        }
        while (next is not null);
        throw NoStateMachine(name);
    }

    internal override async Task<JsonObject> WaitAsync(string executionArn, CancellationToken cancellationToken)
    {
        var pause = FirstPoll;
        while (true)
        {
            var execution = await CallAsync("DescribeExecution", JsonObject.Create(("executionArn", executionArn)), cancellationToken).ConfigureAwait(false);
            if (((JsonValue)execution)["status"] != (JsonValue)"RUNNING") return execution;
            await Task.Delay(pause, Clock, cancellationToken).ConfigureAwait(false);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 3 / 2, LongestPoll.Ticks));
        }
    }

    private protected override void Dispose(bool disposing)
    {
        http.Dispose();
        authentication.Dispose();
    }

    async Task<JsonObject> SendAsync(string action, byte[] content, CancellationToken cancellationToken)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(content) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.0");
        // An endpoint of Orkestra has actions of its own, which begin with "Orkestra.".
        message.Headers.Add("X-Amz-Target", action.Contains('.', StringComparison.Ordinal) ? action : $"AWSStepFunctions.{action}");
        await authentication.AuthenticateAsync(message, content, cancellationToken).ConfigureAwait(false);
        using var response = await ResponseAsync(message, cancellationToken).ConfigureAwait(false);
        var answer = Read(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        if (response.IsSuccessStatusCode) return answer as JsonObject ?? throw new HttpRequestException($"{endpoint} does not answer as Step Functions does. Is it another server?", null, response.StatusCode);
        if ((answer?["__type"] as JsonString)?.Value is { } code) throw new ServiceException(code[(code.IndexOf('#', StringComparison.Ordinal) + 1)..], MessageOf(answer));
        if (response.StatusCode == HttpStatusCode.Forbidden) throw new ServiceException("AccessDeniedException", $"{endpoint} does not admit this caller. Give its token when it was started with one.");
        throw new HttpRequestException($"{endpoint} answered with the HTTP status {(int)response.StatusCode}.", null, response.StatusCode);
    }

    async Task<HttpResponseMessage> ResponseAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        catch (TaskCanceledException problem) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{endpoint} did not answer within {CallTimeout.TotalSeconds} seconds.", problem);
        }
    }

    async Task<JsonObject?> FindStartedAsync(JsonObject request, CancellationToken cancellationToken)
    {
        if (AnswerFields.Text(request, "stateMachineArn") is not { } machine || AnswerFields.Text(request, "name") is not { } name || ExecutionArns.Of(machine, name) is not { } arn) return null;
        var execution = await CallAsync("DescribeExecution", JsonObject.Create(("executionArn", arn)), cancellationToken).ConfigureAwait(false);
        // Another execution with the same name has another input.
        if (AnswerFields.Text(execution, "input") is not { } input || JsonValue.Parse(input) != JsonValue.Parse(AnswerFields.Text(request, "input") ?? "{}")) return null;
        return JsonObject.Create(("executionArn", arn), ("startDate", ((JsonValue)execution)["startDate"]!));
    }

    static JsonValue? Read(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? null : JsonValue.Parse(bytes);
        }
        catch (JsonFormatException)
        {
            return null;
        }
    }

    static string MessageOf(JsonValue answer) => (answer["message"] as JsonString ?? answer["Message"] as JsonString)?.Value ?? "";

    static bool IsTemporary(string code) => code is "ThrottlingException" or "TooManyRequestsException" or "RequestLimitExceeded" or "ServiceUnavailable" or "ServiceUnavailableException"
        or "InternalFailure" or "InternalServerError" or "InternalServerException" or "RequestTimeout" or "RequestTimeoutException";
}
