namespace Orkestra.Lambda.Emulator;

/// <summary>An invocation to hand out.</summary>
/// <param name="Payload">The payload, JSON text.</param>
public sealed record LambdaRequest(string Payload)
{
    /// <summary>The request's id.</summary>
    public string RequestId { get; init; } = Guid.NewGuid().ToString();

    /// <summary>How long the function may run.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The trace header, or null for none.</summary>
    public string? TraceId { get; init; } = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

    /// <summary>The invoked ARN.</summary>
    public string Arn { get; init; } = "arn:aws:lambda:eu-west-1:111111111111:function:Test";

    /// <summary>Further headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The payload as bytes, which need not be UTF-8; null for <see cref="Payload"/>.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    /// <summary>Whether the payload is sent in chunks, as the real host sends longer ones.</summary>
    public bool Chunked { get; init; }

    /// <summary>Whether the connection is closed after the payload, with or without saying so.</summary>
    public bool ClosesAfter { get; init; }
}
