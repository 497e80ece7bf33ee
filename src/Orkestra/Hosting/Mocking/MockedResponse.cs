namespace Orkestra.Hosting.Mocking;

/// <summary>The answers of one state, attempt by attempt.</summary>
internal sealed record MockedResponse(string Name, IReadOnlyList<MockedAttempt> Attempts)
{
    internal MockedAttempt? Find(int attempt) => Attempts.FirstOrDefault(answer => attempt >= answer.First && attempt <= answer.Last);
}
