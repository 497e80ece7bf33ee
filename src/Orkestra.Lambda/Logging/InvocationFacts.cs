namespace Orkestra.Lambda.Logging;

/// <summary>What every line that is logged during an invocation says about it.</summary>
internal sealed record InvocationFacts
{
    public bool ColdStart { get; init; }

    public string? RequestId { get; init; }

    public string? Arn { get; init; }

    public string? XRayTraceId { get; init; }

    public string? CorrelationId { get; init; }

    /// <summary>Whether this invocation was picked to log from Debug on.</summary>
    public bool IsSampled { get; init; }
}
