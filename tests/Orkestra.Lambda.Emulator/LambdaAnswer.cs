using System.Text.Json;

namespace Orkestra.Lambda.Emulator;

/// <summary>What a function answered an invocation with.</summary>
/// <param name="RequestId">The invocation; empty for an init error.</param>
/// <param name="IsError">Whether it came to the error path.</param>
/// <param name="ErrorType">The error type header, if any.</param>
/// <param name="Body">The body.</param>
/// <param name="At">When, in timestamp ticks.</param>
public sealed record LambdaAnswer(string RequestId, bool IsError, string? ErrorType, string Body, long At)
{
    /// <summary>The body as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
