using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.Mocking;

/// <summary>What the attempts from one number to another, both included and counted from 0, are answered with.</summary>
internal sealed record MockedAttempt(int First, int Last, JsonValue? Result, string? Error, string? Cause);
