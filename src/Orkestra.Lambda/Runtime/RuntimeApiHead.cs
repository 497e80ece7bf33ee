using System.Buffers.Text;
using System.Text;

namespace Orkestra.Lambda.Runtime;

/// <summary>The status and the headers of an answer, as far as the Runtime API uses them.</summary>
internal sealed class RuntimeApiHead
{
    static readonly long LastMillisecond = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    /// <summary>The status, or 0 while there is no answer.</summary>
    public int Status { get; private set; }

    /// <summary>The body's length, or null when the answer does not say.</summary>
    public int? ContentLength { get; private set; }

    /// <summary>Whether the body comes in chunks.</summary>
    public bool IsChunked { get; private set; }

    /// <summary>Whether the host closes the connection after this answer.</summary>
    public bool Closes { get; private set; }

    public string? RequestId { get; private set; }

    /// <summary>The deadline; null when the host names none, or no time there is.</summary>
    public DateTimeOffset? Deadline { get; private set; }

    public string? InvokedFunctionArn { get; private set; }

    public string? TraceId { get; private set; }

    public string? ClientContext { get; private set; }

    public string? CognitoIdentity { get; private set; }

    public string? TenantId { get; private set; }

    public void Reset()
    {
        Status = 0;
        ContentLength = null;
        IsChunked = Closes = false;
        RequestId = InvokedFunctionArn = TraceId = ClientContext = CognitoIdentity = TenantId = null;
        Deadline = null;
    }

    /// <summary>Reads a head without its closing empty line.</summary>
    public void Parse(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf("\r\n"u8);
        var line = end < 0 ? head : head[..end];
        if (!line.StartsWith("HTTP/1."u8) || line.Length < 12 || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var consumed) || consumed != 3)
            throw new RuntimeApiException("The host did not answer with HTTP/1.1; AWS_LAMBDA_RUNTIME_API must name the Lambda Runtime API.");
        Closes = line[7] == '0';

        while (end >= 0)
        {
            head = head[(end + 2)..];
            end = head.IndexOf("\r\n"u8);
            line = end < 0 ? head : head[..end];
            var colon = line.IndexOf((byte)':');
            if (colon > 0)
                Header(line[..colon], line[(colon + 1)..].Trim(" \t"u8));
        }

        Status = status;
    }

    void Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Is(name, "Content-Length"u8))
            ContentLength = Utf8Parser.TryParse(value, out int length, out var consumed) && consumed == value.Length && length >= 0
                ? length
                : throw new RuntimeApiException("The host sent a Content-Length that is not a number.");
        else if (Is(name, "Transfer-Encoding"u8))
            IsChunked = Is(value, "chunked"u8);
        else if (Is(name, "Connection"u8))
            Closes = Is(value, "close"u8) || (Closes && !Is(value, "keep-alive"u8));
        else if (name.Length > 15 && Is(name[..15], "Lambda-Runtime-"u8))
            LambdaHeader(name[15..], value);
    }

    void LambdaHeader(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (Is(name, "Aws-Request-Id"u8))
            RequestId = Encoding.UTF8.GetString(value);
        else if (Is(name, "Deadline-Ms"u8))
            Deadline = ToTime(value);
        else if (Is(name, "Invoked-Function-Arn"u8))
            InvokedFunctionArn = Encoding.UTF8.GetString(value);
        else if (Is(name, "Trace-Id"u8))
            TraceId = Encoding.UTF8.GetString(value);
        else if (Is(name, "Client-Context"u8))
            ClientContext = Encoding.UTF8.GetString(value);
        else if (Is(name, "Cognito-Identity"u8))
            CognitoIdentity = Encoding.UTF8.GetString(value);
        else if (Is(name, "Aws-Tenant-Id"u8))
            TenantId = Encoding.UTF8.GetString(value);
    }

    static DateTimeOffset? ToTime(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long milliseconds, out var consumed) && consumed == value.Length && milliseconds >= 0 && milliseconds <= LastMillisecond
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;

    static bool Is(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(text, name);
}
