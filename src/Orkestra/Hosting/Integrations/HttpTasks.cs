using System.Globalization;
using System.Text;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Integrations;

/// <summary>
/// HTTP tasks (https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html): the answer has <c>Headers</c>, <c>ResponseBody</c>, <c>StatusCode</c> and <c>StatusText</c>;
/// a status beyond 299 is the error <c>States.Http.StatusCode.NNN</c>, no answer at all <c>States.Http.Socket</c>.
/// </summary>
internal sealed class HttpTasks(HttpTaskOptions options) : ITaskInvoker
{
    const string Socket = "States.Http.Socket";

    /// <summary>More than any task may answer.</summary>
    const int LongestBody = 1024 * 1024;

    static readonly string[] Unreadable = ["application/octet-stream", "image/", "video/", "audio/"];

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => InvokeAsync(invocation, null);

    /// <param name="invocation">The task.</param>
    /// <param name="look">Is told the connection before the request is sent; null for nobody.</param>
    internal async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation, Action<HttpConnection>? look)
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
        catch (OperationCanceledException)
        {
            return TaskOutcome.Failure(Socket, $"The HTTP request timed out after {options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds.");
        }
        catch (HttpConnectionException problem)
        {
            return TaskOutcome.Failure($"Events.ConnectionResource.{problem.Code}", problem.Message);
        }
        catch (FormatException problem)
        {
            return TaskOutcome.Failure(ErrorNames.Runtime, problem.Message);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException)
        {
            return TaskOutcome.Failure(Socket, problem.Message);
        }
    }

    async ValueTask<HttpConnection> ConnectAsync(JsonValue parameters, CancellationToken cancellationToken)
    {
        if (options.FindConnection is null) return new HttpConnection();
        var arn = ((parameters["Authentication"] ?? parameters["InvocationConfig"])?["ConnectionArn"] as JsonString)?.Value
            ?? throw new FormatException("An HTTP task needs the text 'ConnectionArn' in 'Authentication' or 'InvocationConfig'.");
        return await options.FindConnection(arn, cancellationToken).ConfigureAwait(false)
            ?? throw new HttpConnectionException("ResourceNotFound", $"Connection '{arn}' does not exist.");
    }

    static async ValueTask<TaskOutcome> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var type = response.Content.Headers.ContentType?.MediaType ?? "";
        if (Array.Exists(Unreadable, start => type.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            return TaskOutcome.Failure(ErrorNames.Runtime, $"The response has the content type '{type}', which an HTTP task cannot read.");
        if (await TextAsync(response.Content, cancellationToken).ConfigureAwait(false) is not { } text)
            return TaskOutcome.Failure(ErrorNames.Runtime, "The response is no text, or longer than an HTTP task can read.");
        if (!response.IsSuccessStatusCode) return TaskOutcome.Failure($"States.Http.StatusCode.{(int)response.StatusCode}", text);
        var headers = new JsonObject.Builder();
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers)) headers.Set(name.ToLowerInvariant(), JsonArray.Create(values.Select(value => (JsonValue)value)));
        return TaskOutcome.Result(JsonObject.Create(
            ("Headers", headers.Build()), ("ResponseBody", Body(type, text)), ("StatusCode", (int)response.StatusCode), ("StatusText", response.ReasonPhrase ?? "")));
    }

    static async ValueTask<string?> TextAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var count)
        {
            read.Write(buffer, 0, count);
            if (read.Length > LongestBody) return null;
        }

        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(read.GetBuffer(), 0, (int)read.Length);
        }
        catch (DecoderFallbackException)
        {
            return null;
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
}
