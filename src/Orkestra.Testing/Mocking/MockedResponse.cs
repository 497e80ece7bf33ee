using Orkestra.Expressions.Data;

namespace Orkestra.Testing.Mocking;

/// <summary>The answers of one state, attempt by attempt.</summary>
internal sealed record MockedResponse(string Name, IReadOnlyList<MockedAttempt> Attempts)
{
    internal MockedAttempt? Find(int attempt) => Attempts.FirstOrDefault(answer => attempt >= answer.First && attempt <= answer.Last);
}

/// <summary>The answer to the attempts from one number to another, both included and counted from 0.</summary>
internal sealed record MockedAttempt(int First, int Last, JsonValue? Result, string? Error, string? Cause);
