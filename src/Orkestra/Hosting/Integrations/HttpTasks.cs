using System.Globalization;
using System.Text;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Integrations;

/// <summary>
/// HTTP tasks (https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html). The result has <c>Headers</c>, <c>ResponseBody</c>, <c>StatusCode</c> and <c>StatusText</c>.
/// </summary>
/// <remarks>
/// | what happens | error |
/// | --- | --- |
/// | a status above 299, a redirect included | <c>States.Http.StatusCode.NNN</c>; the cause is the body |
/// | no connection, no answer in time, or whatever else the client throws | <c>States.Http.Socket</c> |
/// | parameters that make no request; a response of octets, images, video or audio, or that is not text | <c>States.Runtime</c> |
/// | a body above 256 KiB | <c>States.DataLimitExceeded</c> |
/// | the connection cannot be used, or what finds it throws | <c>Events.ConnectionResource.CODE</c> |
/// </remarks>
internal sealed class HttpTasks(HttpTaskOptions options) : IServiceTasks
{
    const int LongestBody = 256 * 1024;

    const int LongestCause = 32_768;

    static readonly string[] Unreadable = ["application/octet-stream", "image/", "video/", "audio/"];

    public bool Handles(TaskResource resource) => resource is { Service: "http", Action: "invoke" };

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => InvokeAsync(invocation, null);

    /// <param name="invocation">The task.</param>
    /// <param name="look">Is given the connection before the request is sent; may be null.</param>
    internal async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation, Action<HttpTaskConnection>? look)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(invocation.CancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            var connection = await ConnectAsync(invocation.Input, limit.Token).ConfigureAwait(false);
            look?.Invoke(connection);
            using var request = HttpTaskRequest.Create(invocation.Input, connection, invocation.Resource.Region, options.AllowsPlainHttp);
            using var response = await options.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            return await ReadAsync(response, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (invocation.CancellationToken.IsCancellationRequested)
        {
            // The task is not waited for any more.
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return TaskOutcome.Failure(ErrorNames.HttpSocket, $"The HTTP request timed out after {options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.");
        }
        catch (HttpTaskConnectionException problem)
        {
            return TaskOutcome.Failure($"Events.ConnectionResource.{problem.Code}", Cut(problem.Message));
        }
        catch (FormatException problem)
        {
            return TaskOutcome.Failure(ErrorNames.Runtime, Cut(problem.Message));
        }
#pragma warning disable CA1031 // Whatever a client throws is the task's error.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return TaskOutcome.Failure(ErrorNames.HttpSocket, Cut(problem is HttpRequestException or IOException ? problem.Message : $"{problem.GetType().Name}: {problem.Message}"));
        }
    }

    async ValueTask<HttpTaskConnection> ConnectAsync(JsonValue parameters, CancellationToken cancellationToken)
    {
        if (options.FindConnection is null) return new HttpTaskConnection();
        var arn = ((parameters["Authentication"] ?? parameters["InvocationConfig"])?["ConnectionArn"] as JsonString)?.Value
            ?? throw new FormatException("An HTTP task needs the text 'ConnectionArn' in 'Authentication' or 'InvocationConfig'.");
        try
        {
            return await options.FindConnection(arn, cancellationToken).ConfigureAwait(false)
                ?? throw new HttpTaskConnectionException("ResourceNotFound", $"Connection '{arn}' does not exist.");
        }
        catch (Exception problem) when (problem is not HttpTaskConnectionException && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpTaskConnectionException("InternalError", $"Connection '{arn}' cannot be read: {problem.GetType().Name}: {problem.Message}");
        }
    }

    static async ValueTask<TaskOutcome> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var content = response.Content.Headers.ContentType;
        var type = content?.MediaType ?? "";
        if (Array.Exists(Unreadable, start => type.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            return TaskOutcome.Failure(ErrorNames.Runtime, $"The response has the content type '{type}', which an HTTP task cannot read.");
        var (body, isWhole) = await BodyAsync(response.Content, cancellationToken).ConfigureAwait(false);
        if (!isWhole && response.IsSuccessStatusCode)
            return TaskOutcome.Failure(ErrorNames.DataLimitExceeded, "The state/task 'http' returned a result with a size exceeding the maximum number of bytes service limit.");
        if (TextOf(body, content?.CharSet, isWhole) is not { } text) return TaskOutcome.Failure(ErrorNames.Runtime, "The response cannot be read as text.");
        if (!response.IsSuccessStatusCode) return TaskOutcome.Failure($"States.Http.StatusCode.{(int)response.StatusCode}", Cut(text));
        var headers = new JsonObject.Builder();
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers)) headers.Set(name.ToLowerInvariant(), JsonArray.Create(values.Select(value => (JsonValue)value)));
        return TaskOutcome.Result(JsonObject.Create(
            ("Headers", headers.Build()), ("ResponseBody", Body(type, text)), ("StatusCode", (int)response.StatusCode), ("StatusText", response.ReasonPhrase ?? "")));
    }

    // No more than a task may answer is kept, however much is sent.
    static async ValueTask<(byte[] Body, bool IsWhole)> BodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            var left = LongestBody - (int)read.Length;
            read.Write(buffer, 0, Math.Min(count, left));
            if (count > left) return (read.ToArray(), false);
        }

        return (read.ToArray(), true);
    }

    static string? TextOf(byte[] body, string? charSet, bool isWhole)
    {
        try
        {
            var decoder = EncodingOf(charSet).GetDecoder();
            var text = new char[decoder.GetCharCount(body, flush: isWhole)];
            return new string(text, 0, decoder.GetChars(body, text, flush: isWhole));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // UTF-8 unless the response says something else that is known.
    static Encoding EncodingOf(string? charSet)
    {
        try
        {
            return Encoding.GetEncoding(string.IsNullOrEmpty(charSet) ? "utf-8" : charSet.Trim('"'), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            return Encoding.GetEncoding("utf-8", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
    }

    static JsonValue Body(string type, string text)
    {
        if (!type.EndsWith("json", StringComparison.OrdinalIgnoreCase)) return text;
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException)
        {
            return text;
        }
    }

    static string Cut(string cause) => cause.Length > LongestCause ? cause[..LongestCause] : cause;
}
