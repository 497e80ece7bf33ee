namespace Orkestra.Lambda.Runtime;

/// <summary>One invocation as the Runtime API hands it out.</summary>
internal sealed class Invocation
{
    /// <summary>The request's id, which every answer names (<c>Lambda-Runtime-Aws-Request-Id</c>).</summary>
    public required string RequestId { get; init; }

    /// <summary>When the host will stop the function (<c>Lambda-Runtime-Deadline-Ms</c>); null when the host set none.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The function's ARN as it was called, with version or alias (<c>Lambda-Runtime-Invoked-Function-Arn</c>).</summary>
    public string? InvokedFunctionArn { get; init; }

    /// <summary>The X-Ray trace header, such as <c>Root=1-…;Parent=…;Sampled=1</c> (<c>Lambda-Runtime-Trace-Id</c>).</summary>
    public string? TraceHeader { get; init; }

    /// <summary>The caller's client context as JSON text (<c>Lambda-Runtime-Client-Context</c>).</summary>
    public string? ClientContext { get; init; }

    /// <summary>The caller's Cognito identity as JSON text (<c>Lambda-Runtime-Cognito-Identity</c>).</summary>
    public string? CognitoIdentity { get; init; }

    /// <summary>The tenant of a function that isolates its tenants (<c>Lambda-Runtime-Aws-Tenant-Id</c>).</summary>
    public string? TenantId { get; init; }

    /// <summary>The payload, UTF-8 JSON. Readable until the next invocation is asked for.</summary>
    public required ReadOnlyMemory<byte> Payload { get; init; }
}
