using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.Storage;
using Orkestra.Local;

namespace Orkestra.AspNetCore;

/// <summary>Reads a request of AWS JSON 1.0, has it answered, and writes the response.</summary>
internal sealed partial class RequestAnswerer(StepFunctionsService service, CallerCheck callers, ILogger logger, CancellationToken stopping)
{
    const int MaxBytes = 1 << 20;
    const string ContentType = "application/x-amz-json-1.0";
    const string TargetPrefix = "AWSStepFunctions.";
    const string ToolPrefix = "Orkestra.";

    internal async Task AnswerAsync(HttpContext context)
    {
        if (!callers.Allows(context))
        {
            // Nothing is said to who may not ask.
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        try
        {
            var (status, answer) = await AnswerOrRefuseAsync(context).ConfigureAwait(false);
            await WriteAsync(context, status, answer).ConfigureAwait(false);
        }
        catch (Exception problem) when (context.RequestAborted.IsCancellationRequested && problem is OperationCanceledException or IOException)
        {
            // The caller is gone.
        }
    }

    async Task<(int Status, JsonObject Answer)> AnswerOrRefuseAsync(HttpContext context)
    {
        try
        {
            var (action, isTool) = ActionOf(context.Request);
            var request = await ReadAsync(context).ConfigureAwait(false);
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
            var answering = isTool ? service.CallToolAsync(action, request, ends.Token) : service.CallAsync(action, request, ends.Token);
            return (StatusCodes.Status200OK, await answering.ConfigureAwait(false));
        }
        catch (ServiceException refusal)
        {
            return (refusal.Code == "ServiceQuotaExceededException" ? StatusCodes.Status402PaymentRequired : StatusCodes.Status400BadRequest, Refusal(refusal.Code, refusal.Message));
        }
        catch (BadHttpRequestException problem)
        {
            context.Response.Headers.Connection = "close";
            return (problem.StatusCode, Refusal(problem.StatusCode == StatusCodes.Status413PayloadTooLarge ? "RequestEntityTooLargeException" : "SerializationException", problem.Message));
        }
        catch (ExecutionStoreException problem)
        {
            LogFailed(problem.GetType().Name);
            return (StatusCodes.Status503ServiceUnavailable, Refusal("ServiceUnavailable", "The store does not accept the request now. Try again later."));
        }
        catch (ExecutionReplayException problem)
        {
            LogFailed(problem.GetType().Name);
            return (StatusCodes.Status500InternalServerError, Refusal("InternalFailure", problem.Message));
        }
#pragma warning disable CA1031 // Whatever fails inside is the service's failure, and the next request is answered.
        catch (Exception problem) when (!context.RequestAborted.IsCancellationRequested)
#pragma warning restore CA1031
        {
            LogFailed(problem.GetType().Name);
            return (StatusCodes.Status500InternalServerError, Refusal("InternalFailure", "The request could not be answered because of a failure inside the service."));
        }
    }

    static (string Action, bool IsTool) ActionOf(HttpRequest request)
    {
        if (request.ContentType is { } type && !type.StartsWith("application/x-amz-json-1.", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            throw new ServiceException("SerializationException", $"The content type must be {ContentType}");
        // Two lengths: who stands in between may have seen another end of the request. Kestrel renames the length that does not count.
        if (request.Headers.TransferEncoding.Count > 0 && request.Headers.ContainsKey("X-Content-Length"))
            throw new BadHttpRequestException("A request has either a Content-Length or a Transfer-Encoding");
        var target = request.Headers["X-Amz-Target"].ToString();
        if (target.StartsWith(ToolPrefix, StringComparison.Ordinal)) return (target[ToolPrefix.Length..], true);
        return target.StartsWith(TargetPrefix, StringComparison.Ordinal) ? (target[TargetPrefix.Length..], false)
            : throw new ServiceException("UnknownOperationException", $"The header X-Amz-Target must begin with {TargetPrefix}");
    }

    // Memory grows with the bytes that have come, not with those that are announced.
    static async Task<JsonObject> ReadAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MaxBytes;
        if (context.Request.ContentLength > MaxBytes) throw TooLarge();
        var body = new ArrayBufferWriter<byte>();
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted).ConfigureAwait(false);
            if (body.WrittenCount + read.Buffer.Length > MaxBytes) throw TooLarge();
            foreach (var part in read.Buffer) body.Write(part.Span);
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted) break;
        }

        try
        {
            if (body.WrittenCount == 0) return JsonObject.Empty;
            return JsonValue.Parse(body.WrittenSpan) as JsonObject ?? throw new ServiceException("SerializationException", "The body must be a JSON object");
        }
        catch (JsonFormatException)
        {
            throw new ServiceException("SerializationException", "The body is not valid JSON");
        }
    }

    static async Task WriteAsync(HttpContext context, int status, JsonObject answer)
    {
        var bytes = answer.ToUtf8Bytes();
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = bytes.Length;
        response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString();
        response.Headers["X-Content-Type-Options"] = "nosniff";
        response.Headers.CacheControl = "no-store";
        await response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }

    static JsonObject Refusal(string code, string message) => JsonObject.Create(("__type", code), ("message", message));

    static BadHttpRequestException TooLarge() => new($"A request has at most {MaxBytes} bytes", StatusCodes.Status413PayloadTooLarge);

    // Without its message, which may quote data.
    [LoggerMessage(EventId = 1, EventName = "RequestFailed", Level = LogLevel.Error, Message = "A request could not be answered: {Error}.")]
    partial void LogFailed(string error);
}
